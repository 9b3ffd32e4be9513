package io.xtcmk.testing.world;

import java.time.Duration;

/**
 * How long things take on the fake's clock, and how much may be asked at once. Propagation is immediate unless a test asks for more; long-running
 * operations take what they typically take, since waiting on the fake's clock costs nothing.
 */
public final class Settings {
    /** Whether callers who ask too much too fast are refused. */
    public boolean throttling;
    /** The most items in a page of a list; 0 where each service has its own largest page. */
    public int largestPage;
    /** Until a new application is known to the other parts of the directory and to other tenants. */
    public Duration directoryReplication = Duration.ZERO;
    /** Until a new federated identity credential is honoured by the token service. */
    public Duration credentialPropagation = Duration.ZERO;
    /** Until a new or removed role assignment has its effect. Azure documents up to ten minutes. */
    public Duration rolePropagation = Duration.ZERO;
    /** Until a new vault's name resolves: provisioningState goes from RegisteringDns to Succeeded. */
    public Duration vaultDns = Duration.ofSeconds(10);
    /** How long a storage account's creation takes. */
    public Duration storageCreate = Duration.ofSeconds(17);
    /** How long an operation on an Azure SQL server takes. */
    public Duration sqlOperation = Duration.ofSeconds(40);
    /** How long a resource group's deletion takes. */
    public Duration groupDeletion = Duration.ofSeconds(15);
    /** How long those who read in a deleted resource group are answered as if only the resource had gone. */
    public Duration groupMemory = Duration.ZERO;

    /** How long the services go on with an unwrapped key or a known role before they look again. */
    public Duration keyCache = Duration.ZERO;
    /** How long the databases of an Azure SQL server stay closed after their key is back in time. An hour at most. */
    public Duration sqlSelfHealing = Duration.ZERO;
    /** How often Storage looks for a new version of a key that is not pinned. */
    public Duration keyRotationCheck = Duration.ofHours(24);
    /** How often Azure SQL looks for a new version of a key where auto-rotation is on. */
    public Duration sqlKeyRotationCheck = Duration.ofMinutes(60);

    /** How many items a page has of which the service would put so many into one. */
    public int pageSize(int services) {
        return largestPage == 0 ? services : Math.min(services, largestPage);
    }

    /** The same settings, apart from these. */
    public Settings copy() {
        Settings copy = new Settings();
        copy.set(this);
        return copy;
    }

    /** Takes over others. */
    public void set(Settings other) {
        throttling = other.throttling;
        largestPage = other.largestPage;
        directoryReplication = other.directoryReplication;
        credentialPropagation = other.credentialPropagation;
        rolePropagation = other.rolePropagation;
        vaultDns = other.vaultDns;
        storageCreate = other.storageCreate;
        sqlOperation = other.sqlOperation;
        groupDeletion = other.groupDeletion;
        groupMemory = other.groupMemory;
        keyCache = other.keyCache;
        sqlSelfHealing = other.sqlSelfHealing;
        keyRotationCheck = other.keyRotationCheck;
        sqlKeyRotationCheck = other.sqlKeyRotationCheck;
    }
}
