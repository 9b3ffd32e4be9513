/** The same world behind a forward proxy on loopback, for clients in any language. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.server;
