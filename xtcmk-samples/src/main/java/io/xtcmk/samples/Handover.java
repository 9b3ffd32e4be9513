package io.xtcmk.samples;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.azure.json.ReadValueCallback;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.samples.Settings.SettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What one phase hands to the next: small JSON files with ids in them and no secret. */
final class Handover {
    private Handover() {}

    static Path store(FederatedApp app) throws IOException {
        return write(appFile(), app);
    }

    static Path store(AuthorizedKey key) throws IOException {
        return write(keyFile(), key);
    }

    static FederatedApp app() throws IOException {
        return read(appFile(), FederatedApp::fromJson, "Phase1");
    }

    static AuthorizedKey key() throws IOException {
        return read(keyFile(), AuthorizedKey::fromJson, "Phase2");
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

    private static Path write(Path file, JsonSerializable<?> value) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (JsonWriter writer = JsonProviders.createWriter(Files.newOutputStream(file))) {
            value.toJson(writer).flush();
        }
        return file;
    }

    private static <T> T read(Path file, ReadValueCallback<JsonReader, T> fromJson, String program) throws IOException {
        if (!Files.exists(file)) {
            throw new SettingException("there is no " + file + ": run " + program + " first");
        }
        try (JsonReader reader = JsonProviders.createReader(Files.readAllBytes(file))) {
            return fromJson.read(reader);
        }
    }
}
