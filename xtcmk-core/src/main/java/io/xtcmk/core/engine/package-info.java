/** Steps and how they are run: order, concurrency, retries, waiting. Knows no service. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core.engine;
