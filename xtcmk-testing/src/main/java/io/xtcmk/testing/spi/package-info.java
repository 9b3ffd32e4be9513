/**
 * How the sockets are found: {@code xtcmk-testing} plays Azure in memory, and {@code xtcmk-testing-server} serves it. Tests
 * do not use this package; they call {@link io.xtcmk.testing.FakeAzure#start} and {@link io.xtcmk.testing.FakeAzure#serve}.
 */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing.spi;
