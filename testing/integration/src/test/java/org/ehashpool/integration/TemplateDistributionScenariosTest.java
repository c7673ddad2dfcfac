package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.ehashpool.fixtures.Peer;
import org.ehashpool.fixtures.Traffic;
import org.ehashpool.sv2.message.Common.SetupConnectionSuccess;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.NewTemplate;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionData;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataError;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataSuccess;
import org.ehashpool.sv2.message.TemplateDistribution.SetNewPrevHash;
import org.ehashpool.sv2.type.Text;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The template provider as a client of the reference implementation's integration tests meets it. */
@Timeout(60)
class TemplateDistributionScenariosTest {
    private static final long UNKNOWN = -1;

    @TempDir
    private Path home;

    @Test
    @DisplayName("tdp_io_integration")
    void shouldServeTemplatesAndTheirTransactionsUntilTheyAreStale() throws Exception {
        try (LocalTemplateProvider provider = LocalTemplateProvider.start(home)) {
            provider.addTransaction();
            try (Peer client = Peer.dial(provider.url())) {
                client.send(Peer.setup(Protocol.TEMPLATE_DISTRIBUTION, 0));
                Traffic received = client.received();
                received.await(SetupConnectionSuccess.class);
                client.send(new CoinbaseOutputConstraints(2, 2));
                NewTemplate template = received.await(NewTemplate.class);
                assertThat(received.await(SetNewPrevHash.class).templateId()).isEqualTo(template.templateId());

                client.send(new RequestTransactionData(template.templateId()));
                RequestTransactionDataSuccess data = received.await(RequestTransactionDataSuccess.class);
                assertThat(data.templateId()).isEqualTo(template.templateId());
                assertThat(data.transactionList().isEmpty())
                        .isEqualTo(template.merklePath().isEmpty());

                client.send(new RequestTransactionData(UNKNOWN));
                assertThat(received.await(RequestTransactionDataError.class))
                        .isEqualTo(new RequestTransactionDataError(UNKNOWN, Text.of("template-id-not-found")));

                provider.mineBlock();
                received.await(SetNewPrevHash.class, tip -> tip.templateId() != template.templateId());
                await().atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(250))
                        .untilAsserted(() -> assertThat(ask(client, template.templateId()))
                                .isEqualTo(new RequestTransactionDataError(
                                        template.templateId(), Text.of("stale-template-id"))));
            }
        }
    }

    private static TemplateDistribution.FromServer ask(Peer client, long templateId) {
        Traffic answer = client.received().fromNow();
        client.send(new RequestTransactionData(templateId));
        return answer.await(
                TemplateDistribution.FromServer.class,
                message -> message instanceof RequestTransactionDataSuccess
                        || message instanceof RequestTransactionDataError);
    }
}
