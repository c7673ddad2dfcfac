package org.ehashpool.pool.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.pool.template.ProviderScript.JOBS;
import static org.ehashpool.pool.template.ProviderScript.PAYOUTS;

import java.util.List;
import org.ehashpool.mining.coinbase.PayoutOutputs;
import org.ehashpool.mining.coinbase.SoloPayout;
import org.ehashpool.mining.job.TemplateJobs;
import org.junit.jupiter.api.Test;

/** With solo miners there must be room for one more output, whatever the pool's own are. */
final class SoloRoomTest {
    private static final TemplateJobs.Settings SOLO =
            new TemplateJobs.Settings(PAYOUTS, JOBS.tag(), JOBS.extranonceSizes(), true, true);

    @Test
    void shouldAskTemplateProvidersForTheRoomOfASoloMinersOutput() throws Exception {
        Surroundings surroundings = new Surroundings();
        ScriptedProvider provider = new ScriptedProvider(surroundings.environment, "provider");
        TemplateProviders providers = surroundings.providers(SOLO, provider);
        try {
            ScriptedProvider.await(providers.start());
            assertThat(provider.accept())
                    .isEqualTo(SoloPayout.constraints(PAYOUTS))
                    .isNotEqualTo(PAYOUTS.constraints());

            var part = PAYOUTS.parts().getFirst();
            var two = new PayoutOutputs(List.of(part, part));
            providers.payouts(two);
            assertThat(provider.accept()).isEqualTo(SoloPayout.constraints(two));
        } finally {
            ScriptedProvider.await(providers.stop());
            provider.close();
            surroundings.close();
        }
    }
}
