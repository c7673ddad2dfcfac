package org.ehashpool.kit.service;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;
import org.ehashpool.kit.config.Reloadable;
import org.ehashpool.kit.config.Secret;
import org.ehashpool.kit.http.Health;
import org.ehashpool.kit.http.HttpConfig;
import org.ehashpool.kit.log.LogConfig;
import org.ehashpool.kit.stats.StatsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The smallest service: it finishes one piece of work when it stops. */
public final class SampleMain {
    private SampleMain() {}

    public static void main(String[] arguments) {
        ServiceMain.of("sample", "Greets.", SampleConfig.class, SampleService::new)
                .main(arguments);
    }

    record SampleConfig(
            @Description("What is said.") @Default("hello") @Reloadable
            String greeting,

            @Default("1") @Range(min = "1", max = "9") int repeat,
            @Default("0s") Duration drainTime,
            Optional<Secret> password,
            @Default("{ listen = '127.0.0.1:0' }") HttpConfig http,
            LogConfig log,
            StatsConfig stats,
            RuntimeConfig runtime)
            implements ServiceConfig {
        SampleConfig {
            if (greeting.isEmpty()) {
                throw new IllegalArgumentException("a greeting that is not empty");
            }
        }
    }

    static final class SampleService implements Service<SampleConfig> {
        private static final Logger LOG = LoggerFactory.getLogger(SampleService.class);

        private final Greeter greeter;

        SampleService(SampleConfig config, ServiceContext context) {
            greeter = new Greeter(context.vertx(), config.drainTime());
            context.health().register("greeter", () -> Health.up(config.greeting()));
            context.state().describe("greeter", () -> new JsonObject().put("greeting", config.greeting()));
            LOG.atInfo()
                    .addKeyValue("password", config.password())
                    .addKeyValue("config", config)
                    .log("composed");
        }

        @Override
        public List<Component> components() {
            return List.of(greeter);
        }

        @Override
        public Future<Void> reload(SampleConfig config) {
            if (config.greeting().equals("unspeakable")) {
                return Future.failedFuture("cannot say it");
            }
            LOG.atInfo().addKeyValue("greeting", config.greeting()).log("greeting_changed");
            return Future.succeededFuture();
        }
    }

    private record Greeter(Vertx vertx, Duration drainTime) implements Component {
        private static final Logger LOG = LoggerFactory.getLogger(Greeter.class);

        @Override
        public String name() {
            return "greeter";
        }

        @Override
        public Future<Void> start() {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> stop() {
            LOG.info("finishing");
            if (drainTime.isZero()) {
                LOG.info("flushed");
                return Future.succeededFuture();
            }
            Promise<Void> done = Promise.promise();
            vertx.setTimer(drainTime.toMillis(), timer -> {
                LOG.info("flushed");
                done.complete();
            });
            return done.future();
        }
    }
}
