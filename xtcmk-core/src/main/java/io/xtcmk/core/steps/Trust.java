package io.xtcmk.core.steps;

import com.microsoft.graph.models.FederatedIdentityCredential;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.model.Difference;
import io.xtcmk.model.PrincipalId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a federated identity credential must say for an application to trust a managed identity. Letter by letter: Entra
 * compares so.
 *
 * @param issuer who signs the identity's tokens
 * @param subject the identity's principal id
 * @param audience for whom the tokens are
 */
public record Trust(String issuer, String subject, String audience) {

    /** In an identity of the connection's tenant. */
    public static Trust in(Azure azure, PrincipalId identity) {
        return new Trust(
                azure.cloud().issuer(azure.connection().tenantId()),
                identity.toString(),
                azure.cloud().exchangeAudience());
    }

    /** What a credential has otherwise. */
    public List<Difference> differences(FederatedIdentityCredential credential) {
        List<Difference> differences = new ArrayList<>();
        if (!issuer.equals(credential.getIssuer())) {
            differences.add(new Difference("issuer", issuer, credential.getIssuer()));
        }
        if (!subject.equals(credential.getSubject())) {
            differences.add(new Difference("subject", subject, credential.getSubject()));
        }
        List<String> audiences = List.of(audience);
        if (!audiences.equals(credential.getAudiences())) {
            differences.add(
                    new Difference("audiences", audiences.toString(), String.valueOf(credential.getAudiences())));
        }
        return differences;
    }

    /** Whether a credential leaves no room for ours: one with its issuer and subject for another audience, whatever its name. */
    boolean excludes(FederatedIdentityCredential credential) {
        return issuer.equals(credential.getIssuer()) && subject.equals(credential.getSubject());
    }

    /** The credential that seems to be meant: by its subject, or else by its name. */
    public Optional<FederatedIdentityCredential> nearest(List<FederatedIdentityCredential> all, Optional<String> name) {
        return all.stream()
                .filter(c -> subject.equalsIgnoreCase(c.getSubject()))
                .findFirst()
                .or(() -> all.stream()
                        .filter(c -> name.filter(n -> n.equals(c.getName())).isPresent())
                        .findFirst());
    }

    /** The code with which Entra refuses the identity's token for the sake of a credential that differs. */
    public String code(FederatedIdentityCredential credential) {
        if (!issuer.equals(credential.getIssuer())) {
            return "AADSTS700211";
        }
        if (!List.of(audience).equals(credential.getAudiences())) {
            return "AADSTS700212";
        }
        return subject.equalsIgnoreCase(credential.getSubject()) ? "AADSTS7002138" : "AADSTS700213";
    }
}
