package io.xtcmk.core.convergence;

import io.xtcmk.CrossTenantCmk;
import io.xtcmk.ProviderVerification;
import io.xtcmk.core.convergence.Companies.Program;
import io.xtcmk.core.convergence.Verb.Kind;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.testing.FakeSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Verbs one after the other, told once without disturbance: where each begins, what it asks, and the world after it. */
final class Story {
    final Companies companies;
    final List<Chapter> chapters = new ArrayList<>();
    private final WorldView view;

    /**
     * A verb's place in the story.
     *
     * @param verb the verb
     * @param before the world before it
     * @param known what is known before it
     * @param requests the requests that it makes, in their order
     * @param result what is known after it
     * @param took how long it takes on the clock
     * @param after the world a while after it
     */
    record Chapter(
            Verb<?, ?> verb,
            FakeSnapshot before,
            Known known,
            List<String> requests,
            Known result,
            Duration took,
            String after) {

        @Override
        public String toString() {
            return verb.name();
        }
    }

    private Story(Companies companies, Known given, List<Verb<?, ?>> verbs) {
        this.companies = companies;
        this.view = new WorldView(companies);
        Known known = given;
        for (Verb<?, ?> verb : verbs) {
            FakeSnapshot before = companies.azure.snapshot();
            // Once for what Microsoft's token client remembers for as long as the program lives.
            verb.run(companies.serialProcess(), Kind.BLOCKING, known);
            companies.azure.restore(before);
            companies.azure.clearCalls();
            Known result = verb.run(companies.serialProcess(), Kind.BLOCKING, known);
            FakeSnapshot after = companies.azure.snapshot();
            List<String> requests = companies.azure.calls().stream()
                    .map(c -> c.method() + " " + c.url().getPath())
                    .toList();
            Duration took = Duration.between(before.time(), after.time());
            chapters.add(new Chapter(verb, before, known, requests, result, took, view.later()));
            companies.azure.restore(after);
            known = result;
        }
    }

    /** From nothing to encrypted resources. */
    static Story ofPhases() {
        return new Story(new Companies(), Known.NOTHING, Verb.PHASES);
    }

    /** What comes after. */
    static Story ofDay2() {
        Story phases = ofPhases();
        Known known = phases.known();
        return new Story(
                phases.companies,
                known.withSuccessor(Verb.successor(phases.companies.serialProcess(), known)),
                Verb.DAY_2);
    }

    /** The phases once more, after both companies have made something of their own of what is there. */
    static Story ofRepetition() {
        Story phases = ofPhases();
        phases.companies.tag(
                phases.companies.fabrikam,
                "/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-fabrikam?api-version=2023-07-01");
        phases.companies.tag(
                phases.companies.contoso,
                "/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stfabrikam?api-version=2024-01-01");
        return new Story(phases.companies, Known.NOTHING, Verb.PHASES);
    }

    /** The customer deletes key and vault by mistake, and hours pass. */
    static Story ofMending() {
        Story phases = ofPhases();
        Companies companies = phases.companies;
        companies.database();
        companies.deleteKeyAndVault();
        companies.azure.clock().advance(Duration.ofHours(3));
        return new Story(companies, phases.known(), Verb.MENDING);
    }

    /** A request of a verb that is called in one way. */
    @FunctionalInterface
    interface Place {
        void at(Chapter chapter, int request, Kind kind);
    }

    /** Every request of every verb, called in either way. */
    void everywhere(Place place) {
        for (Chapter chapter : chapters) {
            for (int i = 0; i < chapter.requests().size(); i++) {
                for (Kind kind : Kind.values()) {
                    place.at(chapter, i, kind);
                }
            }
        }
    }

    int requests() {
        return chapters.stream().mapToInt(c -> c.requests().size()).sum();
    }

    /** What is known at the end. */
    Known known() {
        return chapters.get(chapters.size() - 1).result();
    }

    /** Goes back to before a chapter. */
    Known backTo(Chapter chapter) {
        companies.azure.clearCalls();
        companies.azure.restore(chapter.before());
        return chapter.known();
    }

    /** Fails if the world is not as it would be, had nothing disturbed a chapter: one of each, and nothing else. */
    void checkAfter(Chapter chapter) {
        Cases.same(chapter.after(), view.later());
    }

    /** What both sides and the managed identity see of the key at the end of the story. */
    Diagnosis verify(Program process, Kind kind) {
        Known known = known();
        ProviderVerification verification = CrossTenantCmk.provider(process.provider())
                .verification(known.app(), known.key())
                .customer(process.customer())
                .asManagedIdentity(process.identity().apply(known.app()));
        return kind == Kind.BLOCKING
                ? verification.verify()
                : verification.verifyAsync().block();
    }
}
