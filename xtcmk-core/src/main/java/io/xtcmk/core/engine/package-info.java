/** Steps and how they are run: order, concurrency, retries, waiting, and the exceptions of those that fail. Knows no service. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core.engine;
