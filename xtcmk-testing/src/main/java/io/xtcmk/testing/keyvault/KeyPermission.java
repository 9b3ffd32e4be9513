package io.xtcmk.testing.keyvault;

/** A permission on keys: its name in access policies, and the data action that stands for it in roles. */
enum KeyPermission {
    GET("get", "keys/read"),
    LIST("list", "keys/read"),
    CREATE("create", "keys/create/action"),
    IMPORT("import", "keys/import/action"),
    UPDATE("update", "keys/update/action"),
    DELETE("delete", "keys/delete"),
    RECOVER("recover", "keys/recover/action"),
    PURGE("purge", "keys/purge/action"),
    BACKUP("backup", "keys/backup/action"),
    RESTORE("restore", "keys/restore/action"),
    ROTATE("rotate", "keys/rotate/action"),
    ENCRYPT("encrypt", "keys/encrypt/action"),
    DECRYPT("decrypt", "keys/decrypt/action"),
    WRAP("wrapKey", "keys/wrap/action"),
    UNWRAP("unwrapKey", "keys/unwrap/action"),
    SIGN("sign", "keys/sign/action"),
    VERIFY("verify", "keys/verify/action"),
    GET_POLICY("getRotationPolicy", "keyrotationpolicies/read"),
    SET_POLICY("setRotationPolicy", "keyrotationpolicies/write");

    private final String policyName;
    private final String dataAction;

    KeyPermission(String policyName, String dataAction) {
        this.policyName = policyName;
        this.dataAction = dataAction;
    }

    String policyName() {
        return policyName;
    }

    String dataAction() {
        return "Microsoft.KeyVault/vaults/" + dataAction;
    }
}
