package io.xtcmk.testing.storage;

import java.time.Instant;
import java.util.Map;

/**
 * A blob as it lies on the disk.
 *
 * @param accountId the account's resource id
 * @param container the container's name
 * @param name the blob's name
 * @param atRest nonce and content, encrypted under the account's data key
 * @param length the content's length
 * @param headers what a GET shows of it besides: type, encoding, MD5
 * @param metadata the caller's names and values
 * @param etag changes with every write
 * @param createdAt when it was first written
 * @param modifiedAt when it was last written
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record StoredBlob(
        String accountId,
        String container,
        String name,
        byte[] atRest,
        int length,
        Map<String, String> headers,
        Map<String, String> metadata,
        String etag,
        Instant createdAt,
        Instant modifiedAt) {}
