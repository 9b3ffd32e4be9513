/** Azure SQL servers: client, service, blueprint, protector and error codes. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core.services.sql;
