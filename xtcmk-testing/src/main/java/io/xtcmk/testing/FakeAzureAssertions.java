package io.xtcmk.testing;

/**
 * AssertJ assertions on what has become of a {@link FakeAzure}:
 *
 * <pre>{@code
 * assertThat(azure)
 *         .storageAccount(account.id())
 *         .isEncryptedWith(key)
 *         .byIdentity(app.identity().id())
 *         .throughApplication(app.clientId());
 * assertThat(azure).hasNotCalled("DELETE", "/{version}/applications/{id}");
 * }</pre>
 *
 * <p>Needs AssertJ, which this module does not bring.
 */
public final class FakeAzureAssertions {
    private FakeAzureAssertions() {}

    /**
     * Begins an assertion.
     *
     * @param azure the fake
     * @return what can be asserted
     */
    public static FakeAzureAssert assertThat(FakeAzure azure) {
        return new FakeAzureAssert(azure);
    }
}
