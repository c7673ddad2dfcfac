package org.ehashpool.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehashpool.kit.postgres.embedded.PostgresLogin;
import org.ehashpool.kit.service.ServiceMain;
import org.ehashpool.poolstats.PoolStatsMain;
import org.ehashpool.proxystats.ProxyStatsMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every metric that a dashboard or an alert asks for is one that a running service has. */
@Timeout(180)
class DeployedMetricsIT extends QuoteScenario {
    private static final Path DEPLOY = Path.of(System.getProperty("deploy"));
    private static final Pattern METRIC = Pattern.compile("\\b(?:ehash|process|jvm|system)_[a-z0-9_]+\\b");

    @Test
    void shouldFindEveryMetricOfTheDashboardsAndTheRulesInARunningService() throws Exception {
        LocalTemplateProvider provider = closing(LocalTemplateProvider.start(home));
        LocalPool pool = pool(telling("POOL"), 1);
        LocalMint mint = closing(LocalMint.start(seed(1), mintLogin(1), telling("MINT"), mintUrl(pool)));
        awaitLinked(mint);
        mine(pool, 1);
        LocalTranslator translator = closing(LocalTranslator.start(Map.of(), pool.url()));
        String all = Stream.of(
                        provider.metrics(),
                        pool.metrics(),
                        mint.metrics(),
                        translator.metrics(),
                        statistics(PoolStatsMain.service(), "POOL_STATS"),
                        statistics(ProxyStatsMain.service(), "PROXY_STATS"))
                .collect(Collectors.joining("\n"));

        Set<String> present = all.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
        Set<String> used = new TreeSet<>();
        used.addAll(names(Files.readString(DEPLOY.resolve("prometheus/rules.yml"))));
        used.addAll(names(Files.readString(DEPLOY.resolve("grafana/ehashpool.json"))));

        assertThat(used).hasSizeGreaterThan(30).isSubsetOf(present);
    }

    @Test
    void shouldKeepPanelsApartAndEachWithAnExpression() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(DEPLOY.resolve("grafana/ehashpool.json").toFile());
        Set<Integer> ids = new TreeSet<>();

        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as(panel.path("title").asText())
                    .isTrue();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("targets")).isNotEmpty();
                panel.path("targets")
                        .forEach(target ->
                                assertThat(target.path("expr").asText()).isNotBlank());
            }
        }
        assertThat(ids).hasSizeGreaterThan(20);
    }

    /** The metrics of one that was told nothing yet. */
    private String statistics(ServiceMain<?> main, String prefix) {
        PostgresLogin login = login(prefix.toLowerCase(Locale.ROOT));
        return closing(LocalService.start(
                        main,
                        Map.of(
                                prefix + "__HTTP__LISTEN", "127.0.0.1:0",
                                prefix + "__LISTEN__ADDRESS", "127.0.0.1:0",
                                prefix + "__DATABASE__URL", login.url(),
                                prefix + "__DATABASE__USER", login.user(),
                                prefix + "__DATABASE__PASSWORD", login.password())))
                .text("/metrics");
    }

    /** Nobody listens there: what is told waits on disk. */
    private Map<String, String> telling(String service) {
        return Map.of(
                service + "__STATS__URL", "tcp://127.0.0.1:1",
                service + "__STATS__TOKEN", "a-token-for-tests",
                service + "__STATS__SPOOL", home.resolve(service + "-spool").toString());
    }

    private static List<String> names(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).toList();
    }
}
