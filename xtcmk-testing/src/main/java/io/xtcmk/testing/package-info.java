/** A fake Azure for tests: begin at {@link io.xtcmk.testing.FakeAzure}. */
@org.jspecify.annotations.NullMarked
package io.xtcmk.testing;
