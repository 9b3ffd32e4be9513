package io.xtcmk.core;

import io.xtcmk.SqlServerEncryption;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.services.Blueprint;
import io.xtcmk.core.services.CustomerKeySetting;
import io.xtcmk.core.services.EncryptedService;
import io.xtcmk.core.services.sql.SqlAdministrator;
import io.xtcmk.core.services.sql.SqlBlueprint;
import io.xtcmk.core.services.sql.SqlService;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.ResourceId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Phase 3 for Azure SQL servers. */
final class CoreSqlServerEncryption extends BaseEncryption<SqlServerEncryption> implements SqlServerEncryption {
    private @Nullable SqlAdministrator administrator;
    private @Nullable Boolean autoRotation;

    CoreSqlServerEncryption(Azure azure, ResourceId id) {
        super(azure, id);
    }

    @Override
    SqlServerEncryption self() {
        return this;
    }

    @Override
    public SqlServerEncryption entraAdministrator(PrincipalType type, String login, UUID objectId) {
        this.administrator = new SqlAdministrator.Entra(
                switch (Names.notNull("type", type)) {
                    case USER -> "User";
                    case GROUP -> "Group";
                    case APPLICATION -> "Application";
                },
                Names.entraLogin(login),
                Names.notNull("objectId", objectId),
                connection().tenantId());
        return this;
    }

    @Override
    public SqlServerEncryption administrator(String login, String password) {
        String name = Names.login(login);
        this.administrator = new SqlAdministrator.Password(name, Names.password(password, name));
        return this;
    }

    @Override
    public SqlServerEncryption autoRotation(boolean enabled) {
        this.autoRotation = enabled;
        return this;
    }

    @Override
    void checkComplete() {
        complete("an Azure SQL server", "entraAdministrator (or administrator)", administrator);
    }

    @Override
    Blueprint<?> blueprint(CustomerKeySetting setting) {
        if (Boolean.TRUE.equals(autoRotation) && setting.key().version() != null) {
            throw new InvalidInputException(
                    "autoRotation", "is on, but a version of the key is pinned", "leave out one of the two");
        }
        return new SqlBlueprint(administrator, autoRotation);
    }

    @Override
    EncryptedService<?> service() {
        return new SqlService();
    }
}
