package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.xtcmk.TenantConnection;
import io.xtcmk.exception.CallTimeoutException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.testing.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole call is given so long, and ends then whatever it waits for. */
class CallTimeoutTest extends EncryptionScenario {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant began = azure.clock().now();

    private void assertEndedAfter(Duration duration) {
        assertThat(Duration.between(began, azure.clock().now())).isEqualTo(duration);
    }

    private void begin() {
        began = azure.clock().now();
        azure.clearCalls();
    }

    @Test
    void longOperation_endsTheCallInTime_andIsAdoptedByTheNext() {
        FederatedApp app = phase1();
        AuthorizedKey key = phase2(app);
        azure.storageCreation(Duration.ofMinutes(10));
        begin();

        CallTimeoutException e = catchThrowableOfType(
                CallTimeoutException.class,
                () -> storage(app, key).timeout(MINUTE).create());

        assertEndedAfter(MINUTE);
        assertThat(e.timeout()).isEqualTo(MINUTE);
        assertThat(changes(e.done())).containsExactly("resourceGroup CREATED");
        assertThat(e.underWay()).containsExactly("storageAccount " + accountId);
        assertThat(e.step()).isEqualTo("storageAccount");
        assertThat(e.actor()).isEqualTo(Actor.WAIT);
        assertThat(e).hasMessageContaining("Under way: storageAccount").hasMessageContaining("PT1M");

        assertThat(changeByStep(storage(app, key).create().outcomes()))
                .containsEntry("storageAccount", Change.UNCHANGED);
        assertThat(Duration.between(began, azure.clock().now()))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(10).plusSeconds(30));
    }

    @Test
    void slowAnswer_doesNotHoldTheCall() {
        azure.inject(Fault.delay(Duration.ofHours(1)).afterCalls(2));

        CallTimeoutException e = catchThrowableOfType(
                CallTimeoutException.class,
                () -> phase1On(provider()).timeout(MINUTE).createFederatedApp());

        assertThat(e.underWay()).isNotEmpty();
        assertEndedAfter(MINUTE);
    }

    @Test
    void twin_endsInTimeToo() {
        FederatedApp app = phase1();
        azure.vaultDns(Duration.ofMinutes(2));
        begin();

        CallTimeoutException e = catchThrowableOfType(
                CallTimeoutException.class,
                () -> phase2On(customer(), app.clientId())
                        .timeout(MINUTE)
                        .authorizeAsync()
                        .block());

        assertThat(e.step()).isEqualTo("keyVault");
        assertEndedAfter(MINUTE);
    }

    @Test
    void plan_endsInTimeToo() {
        azure.inject(Fault.delay(Duration.ofHours(1)));
        assertThat(catchThrowableOfType(
                        CallTimeoutException.class,
                        () -> phase1On(provider()).timeout(MINUTE).plan()))
                .isNotNull();
        assertEndedAfter(MINUTE);

        azure.inject(Fault.delay(Duration.ofHours(1)));
        assertThat(catchThrowableOfType(
                        CallTimeoutException.class,
                        () -> phase1On(provider()).timeout(MINUTE).planAsync().block()))
                .isNotNull();
        assertEndedAfter(MINUTE.multipliedBy(2));
    }

    /** Also where steps run on the caller's own thread: that is interrupted, and does not keep it. */
    @Test
    void callersThread_isNotLeftInterrupted() {
        azure.inject(Fault.delay(Duration.ofHours(1)).afterCalls(2));
        assertThat(catchThrowableOfType(
                        CallTimeoutException.class,
                        () -> phase1On(withExecutor(Runnable::run))
                                .timeout(MINUTE)
                                .createFederatedApp()))
                .isNotNull();
        assertThat(Thread.interrupted()).isFalse();
        assertEndedAfter(MINUTE);
    }

    private TenantConnection withExecutor(Executor executor) {
        return TenantConnection.builder()
                .tenantId(contoso.tenantId())
                .subscriptionId(contoso.subscriptionId())
                .credential(contoso.credential())
                .httpClient(azure.httpClient())
                .timeSource(azure.clock())
                .executor(executor)
                .build();
    }

    @Test
    void enoughTime_isNotWaitedFor() {
        phase1On(provider()).timeout(Duration.ofHours(5)).createFederatedApp();
        assertThat(Duration.between(began, azure.clock().now())).isLessThan(MINUTE);
    }

    @Test
    void listener_isToldNothingAfterTheEnd() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        azure.latency("PUT", "/subscriptions/{subscription}/resourceGroups/{group}", Duration.ofMinutes(2));
        assertThat(catchThrowableOfType(
                        CallTimeoutException.class,
                        () -> phase1On(provider())
                                .onStep(outcome -> told.add(outcome.step()))
                                .timeout(MINUTE)
                                .createFederatedApp()))
                .isNotNull();
        List<String> atTheEnd = List.copyOf(told);
        azure.clock().pause(Duration.ofMinutes(5));
        assertThat(told).isEqualTo(atTheEnd).containsExactly("application");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.001S"})
    void badTimeout_isRefusedAtOnce(String timeout) {
        InvalidInputException e = catchThrowableOfType(
                InvalidInputException.class, () -> phase1On(provider()).timeout(Duration.parse(timeout)));
        assertThat(e).hasMessageContaining("timeout").hasMessageContaining("more than zero");
    }
}
