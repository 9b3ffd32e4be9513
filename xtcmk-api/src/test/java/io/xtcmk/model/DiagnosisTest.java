package io.xtcmk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.DiagnosedLink.Evidence;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.Remedy;
import io.xtcmk.model.DiagnosedLink.State;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a diagnosis says, and how it is written: as text, as a diagram and as JSON. */
class DiagnosisTest {
    private static final TenantId CONTOSO = TenantId.of("11111111-1111-4111-8111-111111111111");
    private static final TenantId FABRIKAM = TenantId.of("22222222-2222-4222-8222-222222222222");
    private static final Instant THEN = Instant.parse("2026-11-23T08:00:00Z");
    private static final String WAY =
            "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg/providers/Microsoft.KeyVault/";
    private static final Remedy ENABLE =
            new Remedy("KeyDisabled", "The key is disabled.", Actor.CUSTOMER, "Enable the key.");
    private static final Evidence SEEN = new Evidence(
            "GET https://management.azure.com" + WAY + "vaults/kv-fabrikam", 200, null, "r-1", "enabled is false");
    private static final Evidence SILENT = new Evidence("GET https://graph.microsoft.com/v1.0/x", 0, null, null, "-");
    private static final Evidence REFUSED = new Evidence("POST https://login/token", 400, "AADSTS7000112", null, "-");
    private static final Finding SECRET = new Finding(
            "contoso-cmk", "passwordCredentials", "1 of them", "It can leak.", Actor.PROVIDER, "Remove it.");

    private static DiagnosedLink link(Kind kind, State state, TenantId tenant, String resource) {
        return new DiagnosedLink(kind, state, tenant, resource, List.of(SEEN), state == State.HOLDS ? null : ENABLE);
    }

    private static final DiagnosedLink IDENTITY = link(Kind.MANAGED_IDENTITY, State.HOLDS, CONTOSO, "id-cmk");
    private static final DiagnosedLink VAULT = link(Kind.KEY_VAULT, State.HOLDS, FABRIKAM, WAY + "vaults/kv-fabrikam");
    private static final DiagnosedLink KEY =
            new DiagnosedLink(Kind.KEY, State.REVOKED, FABRIKAM, "\"cmk\"", List.of(SEEN, SILENT, REFUSED), ENABLE);
    private static final DiagnosedLink SETTING =
            link(Kind.RESOURCE_SETTING, State.UNSEEN, CONTOSO, "storageAccounts/st");

    private static Diagnosis of(DiagnosedLink... links) {
        return new Diagnosis(THEN, List.of(links), List.of());
    }

    @ParameterizedTest
    @EnumSource
    void linkBreaksTheChain_unlessItHoldsOrIsUnseen(State state) {
        assertThat(state.isBroken()).isEqualTo(state != State.HOLDS && state != State.UNSEEN);
    }

    @Test
    void firstBroken_isTheFirstThatWasSeenAndDoesNotHold() {
        DiagnosedLink late = link(Kind.RESOURCE_SETTING, State.BROKEN, CONTOSO, "storageAccounts/st");

        assertThat(of(IDENTITY, VAULT, KEY, late).firstBroken()).contains(KEY);
        assertThat(of(IDENTITY, VAULT, SETTING).firstBroken()).isEmpty();
    }

    @Test
    void sound_isWhereAllWasSeenAndHolds() {
        assertThat(of(IDENTITY, VAULT).isSound()).isTrue();
        assertThat(of(IDENTITY, SETTING).isSound()).isFalse();
        assertThat(of(IDENTITY, KEY).isSound()).isFalse();
    }

    @Test
    void links_areFoundByKind_andTheUnseenBeside() {
        Diagnosis diagnosis = of(IDENTITY, KEY, SETTING);

        assertThat(diagnosis.link(Kind.KEY)).contains(KEY);
        assertThat(diagnosis.link(Kind.KEY_VAULT)).isEmpty();
        assertThat(diagnosis.unseen()).containsExactly(SETTING);
        assertThat(KEY.knownRemedy()).contains(ENABLE);
        assertThat(VAULT.knownRemedy()).isEmpty();
    }

    @Test
    void text_namesTheBreak_thenEachLink_withCauseFixAndEvidenceWhereItDoesNotHold() {
        Diagnosis diagnosis = new Diagnosis(THEN, List.of(IDENTITY, VAULT, KEY), List.of(SECRET));

        assertThat(diagnosis.toString().lines())
                .containsExactly(
                        "The chain is broken at: key (revoked), as of 2026-11-23T08:00:00Z",
                        "  holds       managedIdentity id-cmk",
                        "  holds       keyVault vaults/kv-fabrikam",
                        "  revoked     key \"cmk\"",
                        "              because The key is disabled.",
                        "              customer: Enable the key.",
                        "              seen: GET vaults/kv-fabrikam: 200 (request r-1): enabled is false",
                        "              seen: GET https://graph.microsoft.com/v1.0/x: no answer: -",
                        "              seen: POST https://login/token: 400 AADSTS7000112: -",
                        "  finding     contoso-cmk: passwordCredentials is 1 of them. It can leak. To do (PROVIDER):"
                                + " Remove it.");
    }

    @Test
    void text_saysHowMuchWasSeen() {
        assertThat(of(IDENTITY)).hasToString("""
                The chain holds, as of 2026-11-23T08:00:00Z
                  holds       managedIdentity id-cmk""".replace("\n", System.lineSeparator()));
        assertThat(of(IDENTITY, SETTING).toString())
                .startsWith("What can be seen of the chain holds, as of 2026-11-23T08:00:00Z");
    }

    @Test
    void parts_areALineEach() {
        assertThat(KEY).hasToString("revoked     key \"cmk\"");
        assertThat(link(Kind.TOKEN_EXCHANGE, State.NOT_YET, FABRIKAM, "app"))
                .hasToString("not yet     tokenExchange app");
        assertThat(REFUSED).hasToString("POST https://login/token: 400 AADSTS7000112: -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u0085", "\u2028", "\u001b[2J", "\u202e"})
    void nothingOfOthers_makesALineOfItsOwn(String evil) {
        DiagnosedLink link = new DiagnosedLink(
                Kind.KEY,
                State.BROKEN,
                FABRIKAM,
                "k" + evil,
                List.of(new Evidence("GET x" + evil, 400, "c" + evil, "r" + evil, "s" + evil)),
                new Remedy(null, "why" + evil, Actor.WAIT, "how" + evil));
        Diagnosis diagnosis =
                new Diagnosis(THEN, List.of(link), List.of(new Finding("r" + evil, "p", "a", "k", Actor.WAIT, "f")));

        assertThat(diagnosis.toString().lines()).hasSize(6);
        assertThat(diagnosis.toMermaid().lines()).hasSize(10);
        assertThat(diagnosis.toString() + diagnosis.toMermaid()).doesNotContain(evil.equals("\n") ? "\n\n" : evil);
    }

    /** From the resource to the key, whatever the order of the walk; each tenant is a box. */
    @Test
    void mermaid_drawsTheChainInItsOrder() {
        assertThat(of(IDENTITY, VAULT, KEY, SETTING).toMermaid())
                .startsWith("""
                flowchart LR
                  subgraph tenant_11111111-1111-4111-8111-111111111111["tenant 11111111-1111-4111-8111-111111111111"]
                    resourceSetting["resourceSetting<br/>storageAccounts/st<br/>unseen"]:::unseen
                    managedIdentity["managedIdentity<br/>id-cmk<br/>holds"]:::holds
                  end
                  subgraph tenant_22222222-2222-4222-8222-222222222222["tenant 22222222-2222-4222-8222-222222222222"]
                    keyVault["keyVault<br/>vaults/kv-fabrikam<br/>holds"]:::holds
                    key["key<br/>#34;cmk#34;<br/>revoked"]:::revoked
                  end
                  resourceSetting --> managedIdentity
                  managedIdentity --> keyVault
                  keyVault --> key
                """)
                .contains("  classDef revoked fill:");
    }

    @Test
    void mermaid_ofHostileNames_isStillADiagram() {
        String evil = "my k\"]:::holds;<script>`{}#";

        assertThat(of(link(Kind.KEY, State.BROKEN, FABRIKAM, evil)).toMermaid())
                .contains("key<br/>my k#34;#93;:::holds#59;#60;script#62;#96;#123;#125;#35;<br/>broken");
    }

    private static JsonReader reader(String json) throws IOException {
        return JsonProviders.createReader(json);
    }

    @Test
    void json_bringsAllBack() throws IOException {
        Diagnosis diagnosis = new Diagnosis(THEN, List.of(IDENTITY, VAULT, KEY, SETTING), List.of(SECRET));

        assertThat(Diagnosis.fromJson(reader(diagnosis.toJsonString()))).isEqualTo(diagnosis);
        assertThat(DiagnosedLink.fromJson(reader(KEY.toJsonString()))).isEqualTo(KEY);
        assertThat(Finding.fromJson(reader(SECRET.toJsonString()))).isEqualTo(SECRET);
        assertThat(IDENTITY.toJsonString()).doesNotContain("remedy", "null");
        assertThat(SILENT.toJsonString())
                .isEqualTo("{\"request\":\"GET https://graph.microsoft.com/v1.0/x\",\"status\":0,\"says\":\"-\"}");
    }

    @Test
    void json_thatIsBroken_isRefusedByTheFieldsName() throws IOException {
        String json = new Diagnosis(THEN, List.of(KEY), List.of(SECRET)).toJsonString();

        refused(json.replace("\"links\":", "\"x\":"), "links");
        refused(json.replaceAll("\"links\":\\[.*\\],\"findings\"", "\"links\":7,\"findings\""), "links", "not a list");
        refused(json.replaceAll("\"links\":\\[.*\\],\"findings\"", "\"links\":[7],\"findings\""), "links[0]");
        refused(json.replace("\"status\":200", "\"status\":\"200\""), "links[0].evidence[0].status", "not a number");
        refused(json.replace("\"status\":200,", ""), "links[0].evidence[0].status");
        refused(json.replace("\"REVOKED\"", "\"GONE\""), "state", "GONE");
        refused(json.replaceAll("\"remedy\":\\{[^}]*\\}", "\"remedy\":7"), "links[0].remedy", "not an object");
        refused(json.replaceAll(",\"remedy\":\\{[^}]*\\}", ""), "links[0]", "remedy");
    }

    private static void refused(String json, String... parts) {
        assertThatThrownBy(() -> Diagnosis.fromJson(reader(json)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void linkThatDoesNotHold_needsARemedy() {
        assertThatThrownBy(() -> new DiagnosedLink(Kind.KEY, State.UNSEEN, FABRIKAM, "k", List.of(), null))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.argument()).isEqualTo("remedy"));
    }
}
