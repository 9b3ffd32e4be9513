/** Azure SQL: servers, keys, encryption protectors, databases. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.sql;
