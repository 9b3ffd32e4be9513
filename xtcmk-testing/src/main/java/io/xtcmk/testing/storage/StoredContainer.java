package io.xtcmk.testing.storage;

import java.time.Instant;
import java.util.Map;

/**
 * A container of blobs.
 *
 * @param accountId the account's resource id
 * @param name its name
 * @param metadata the caller's names and values
 * @param etag changes with every write
 * @param modifiedAt when it was last written
 */
record StoredContainer(String accountId, String name, Map<String, String> metadata, String etag, Instant modifiedAt) {}
