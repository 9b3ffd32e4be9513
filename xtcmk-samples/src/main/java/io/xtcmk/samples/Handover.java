package io.xtcmk.samples;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.azure.json.ReadValueCallback;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.TenantId;
import io.xtcmk.samples.Settings.SettingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one phase hands to the next: small JSON files with ids in them and no secret. Beside the record's own fields, each
 * says whether it was made on Azure or on the fake, so that nobody takes the one for the other.
 */
final class Handover {
    private static final String MADE_ON = "madeOn";
    private static final String FAKE = "fake";
    private static final String AZURE = "azure";

    private final boolean onFake;

    private Handover(boolean onFake) {
        this.onFake = onFake;
    }

    /**
     * The files of a run.
     *
     * @throws SettingException if it is a run on the fake, and those of a run on Azure would be lost
     */
    static Handover of(Azure azure) throws IOException {
        Handover files = new Handover(azure.fake().isPresent());
        if (files.onFake) {
            for (Path file : List.of(appFile(), keyFile())) {
                refuseAzures(file);
            }
        }
        return files;
    }

    private static void refuseAzures(Path file) throws IOException {
        if (Files.exists(file) && !FAKE.equals(parsed(file).get(MADE_ON))) {
            throw new SettingException(file
                    + " is of a run on Azure, and this would be a run on the fake. To run on Azure,"
                    + " set the ids of tenant and subscription; to run on the fake, set " + SettingNames.DIRECTORY
                    + " to another folder.");
        }
    }

    Path store(FederatedApp app) throws IOException {
        return write(appFile(), app);
    }

    Path store(AuthorizedKey key) throws IOException {
        return write(keyFile(), key);
    }

    FederatedApp app() throws IOException {
        FederatedApp app = read(appFile(), FederatedApp::fromJson, "Phase1");
        requireTenant(appFile(), app.tenantId(), Side.PROVIDER);
        return app;
    }

    AuthorizedKey key() throws IOException {
        AuthorizedKey key = read(keyFile(), AuthorizedKey::fromJson, "Phase2");
        requireTenant(keyFile(), key.tenantId(), Side.CUSTOMER);
        return key;
    }

    /** Only where the settings say which tenant it should be: the customer does not need the provider's ids. */
    private void requireTenant(Path file, TenantId tenant, Side side) {
        boolean isOther = !onFake
                && Settings.find(side.tenantSetting()).isPresent()
                && !tenant.value().equals(Settings.id(side.tenantSetting()));
        if (isOther) {
            throw new SettingException(file + " is of tenant " + tenant + ", but " + side.tenantSetting() + " is "
                    + Settings.id(side.tenantSetting()));
        }
    }

    private static Path appFile() {
        return Settings.directory().resolve("federated-app.json");
    }

    private static Path keyFile() {
        return Settings.directory().resolve("authorized-key.json");
    }

    static Path writeText(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private Path write(Path file, JsonSerializable<?> value) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        try (JsonWriter writer = JsonProviders.createWriter(record)) {
            value.toJson(writer).flush();
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(MADE_ON, onFake ? FAKE : AZURE);
        fields.putAll(parsed(record.toByteArray()));
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        try (JsonWriter writer = JsonProviders.createWriter(marked)) {
            writer.writeMap(fields, JsonWriter::writeUntyped).flush();
        }
        return writeText(file, marked.toString(StandardCharsets.UTF_8));
    }

    private <T> T read(Path file, ReadValueCallback<JsonReader, T> fromJson, String program) throws IOException {
        if (!Files.exists(file)) {
            throw new SettingException("there is no " + file + ": run " + program + " first");
        }
        if (!onFake && FAKE.equals(parsed(file).get(MADE_ON))) {
            throw new SettingException(
                    file + " was made on the fake, and nothing in it is in Azure: run " + program + " on Azure first");
        }
        try (JsonReader reader = JsonProviders.createReader(Files.readAllBytes(file))) {
            return fromJson.read(reader);
        }
    }

    private static Map<String, Object> parsed(Path file) throws IOException {
        try {
            return parsed(Files.readAllBytes(file));
        } catch (IOException | IllegalStateException e) {
            throw new SettingException(file + " is not what a run of the samples leaves: " + e.getMessage());
        }
    }

    private static Map<String, Object> parsed(byte[] json) throws IOException {
        try (JsonReader reader = JsonProviders.createReader(json)) {
            return Objects.requireNonNull(reader.readMap(JsonReader::readUntyped));
        }
    }
}
