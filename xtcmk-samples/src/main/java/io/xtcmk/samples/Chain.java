package io.xtcmk.samples;

import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import java.util.List;

/** The way from an encrypted resource to the customer's key, drawn. */
record Chain(FederatedApp app, AuthorizedKey key, List<EncryptedResource> resources) {

    /** A station on the way. */
    private record Link(String what, String name) {}

    private String resourceNames() {
        return String.join(", ", resources.stream().map(r -> r.id().name()).toList());
    }

    private List<Link> atProvider() {
        return List.of(
                new Link("resources", resourceNames()),
                new Link("managed identity", app.identity().id().name()),
                new Link("federated credential", app.credentialName()),
                new Link("application", app.name()));
    }

    private List<Link> atCustomer() {
        return List.of(
                new Link("service principal", "of " + app.name()),
                new Link("role", "Key Vault Crypto Service Encryption User"),
                new Link("key", key.key().vaultName() + "/" + key.key().keyName()));
    }

    /** As text: one tenant above the other. */
    String text() {
        StringBuilder text = new StringBuilder();
        box(text, "provider: " + Settings.providerName(), atProvider());
        text.append("                     |   installed in the customer's tenant by consent\n");
        text.append("                     v\n");
        box(text, "customer: " + Settings.customerName(), atCustomer());
        return text.toString();
    }

    private static void box(StringBuilder text, String title, List<Link> links) {
        text.append("  +-- ")
                .append(title)
                .append(' ')
                .append("-".repeat(66 - title.length()))
                .append("+\n");
        for (int i = 0; i < links.size(); i++) {
            if (i > 0) {
                text.append(String.format("  |%18s|%51s|%n", "", ""));
            }
            text.append(String.format(
                    "  |  %-22s %-45s|%n", links.get(i).what(), links.get(i).name()));
        }
        text.append("  +").append("-".repeat(70)).append("+\n");
    }

    /** As a Mermaid flowchart. */
    String mermaid() {
        return """
                flowchart LR
                  subgraph provider["provider: %s"]
                %s    identity["managed identity<br/>%s"]
                    application["application<br/>%s"]
                    identity -- "federated credential %s" --> application
                  end
                  subgraph customer["customer: %s"]
                    principal["service principal<br/>of %s"]
                    key["key<br/>%s/%s"]
                    principal -- "Key Vault Crypto Service Encryption User" --> key
                  end
                  application -- "installed by consent" --> principal
                """.formatted(
                        Settings.providerName(),
                        mermaidResources(),
                        app.identity().id().name(),
                        app.name(),
                        app.credentialName(),
                        Settings.customerName(),
                        app.name(),
                        key.key().vaultName(),
                        key.key().keyName());
    }

    private String mermaidResources() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < resources.size(); i++) {
            String type = resources.get(i).id().type();
            String name = resources.get(i).id().name();
            String node = "resource" + (i + 1);
            lines.append("    ")
                    .append(node)
                    .append("[\"")
                    .append(type)
                    .append("<br/>")
                    .append(name)
                    .append("\"]\n");
            lines.append("    ").append(node).append(" -- \"is attached\" --> identity\n");
        }
        return lines.toString();
    }
}
