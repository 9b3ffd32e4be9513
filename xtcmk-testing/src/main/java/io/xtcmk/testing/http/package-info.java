/** Routing, JSON, errors, long-running operations, tokens, the journal of calls. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.http;
