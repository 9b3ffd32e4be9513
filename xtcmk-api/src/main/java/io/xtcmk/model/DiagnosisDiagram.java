package io.xtcmk.model;

import io.xtcmk.internal.Texts;
import io.xtcmk.model.DiagnosedLink.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A {@link Diagnosis} as a Mermaid flowchart: the resource first, since that is where the need for the key begins. */
final class DiagnosisDiagram {
    private static final List<Kind> DRAWN = List.of(
            Kind.RESOURCE_SETTING,
            Kind.MANAGED_IDENTITY,
            Kind.FEDERATED_IDENTITY_CREDENTIAL,
            Kind.APPLICATION,
            Kind.TOKEN_EXCHANGE,
            Kind.SERVICE_PRINCIPAL,
            Kind.ROLE_ASSIGNMENT,
            Kind.WRAP_AND_UNWRAP,
            Kind.KEY_VAULT,
            Kind.KEY);

    private static final String COLOURS = """
              classDef holds fill:#d5f5d5,stroke:#2e7d32,color:#000
              classDef not_yet fill:#fff4c2,stroke:#b58900,color:#000
              classDef revoked fill:#f9d0d0,stroke:#b71c1c,color:#000
              classDef broken fill:#f9d0d0,stroke:#b71c1c,color:#000
              classDef unreachable fill:#ffe0b8,stroke:#e65100,color:#000
              classDef unseen fill:#eeeeee,stroke:#9e9e9e,color:#000,stroke-dasharray: 4
            """;

    private DiagnosisDiagram() {}

    static String of(Diagnosis diagnosis) {
        List<DiagnosedLink> links =
                DRAWN.stream().map(diagnosis::link).flatMap(Optional::stream).toList();
        StringBuilder text = new StringBuilder("flowchart LR\n");
        links.stream().map(DiagnosedLink::tenantId).distinct().forEach(tenant -> {
            text.append("  subgraph tenant_")
                    .append(tenant)
                    .append("[\"tenant ")
                    .append(tenant)
                    .append("\"]\n");
            links.stream()
                    .filter(link -> link.tenantId().equals(tenant))
                    .forEach(link -> text.append("    ").append(node(link)).append('\n'));
            text.append("  end\n");
        });
        for (int i = 1; i < links.size(); i++) {
            text.append("  ")
                    .append(id(links.get(i - 1)))
                    .append(" --> ")
                    .append(id(links.get(i)))
                    .append('\n');
        }
        return text.append(COLOURS).toString();
    }

    private static String node(DiagnosedLink link) {
        String label = Stream.of(
                        DiagnosisText.name(link.kind()), DiagnosisText.brief(link.resource()), DiagnosisText.word(link))
                .map(DiagnosisDiagram::escaped)
                .reduce((a, b) -> a + "<br/>" + b)
                .orElseThrow();
        return id(link) + "[\"" + label + "\"]:::" + link.state().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String id(DiagnosedLink link) {
        return DiagnosisText.name(link.kind());
    }

    /** Whatever could end a label, or be a tag in it, as a character's number. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        Texts.oneLine(text).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " -_./:,()'".indexOf(c) >= 0) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('#').append(c).append(';');
            }
        });
        return escaped.toString();
    }
}
