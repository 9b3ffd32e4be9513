package io.xtcmk.testing.world;

import java.util.UUID;

/**
 * An Azure subscription.
 *
 * @param id its GUID
 * @param tenantId the tenant whose directory it trusts
 * @param name its display name
 */
public record Subscription(UUID id, UUID tenantId, String name) {}
