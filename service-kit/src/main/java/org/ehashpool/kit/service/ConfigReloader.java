package org.ehashpool.kit.service;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ehashpool.kit.config.ConfigException;
import org.ehashpool.kit.config.ConfigLoader;
import org.ehashpool.kit.config.LoadedConfig;
import org.ehashpool.kit.config.ReloadPlan;

/** The running configuration, and how it changes. Used by the lifecycle's thread alone. */
final class ConfigReloader<C extends Record & ServiceConfig> {
    private final ConfigLoader<C> loader;
    private final Optional<Path> file;
    private final Map<String, String> environment;
    private LoadedConfig<C> running;

    ConfigReloader(
            ConfigLoader<C> loader, Optional<Path> file, Map<String, String> environment, LoadedConfig<C> running) {
        this.loader = loader;
        this.file = file;
        this.environment = environment;
        this.running = running;
    }

    interface Application<C> {
        void apply(C config) throws Exception;
    }

    C running() {
        return running.value();
    }

    /** Reads again, applies what can be applied, and says in the log what came of it. */
    ReloadOutcome reload(Application<C> application) {
        ReloadPlan<C> plan;
        try {
            plan = loader.plan(running, loader.load(file, environment));
        } catch (ConfigException e) {
            ServiceEvents.reloadRefused(e.problems().size());
            e.problems().forEach(ServiceEvents::configProblem);
            return new ReloadOutcome.Refused(e.problems());
        }
        plan.needRestart().forEach(ServiceEvents::needsRestart);
        if (!plan.applied().isEmpty()) {
            try {
                application.apply(plan.config().value());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new ReloadOutcome.Failed(e);
            } catch (Exception e) {
                ServiceEvents.reloadFailed(e);
                return new ReloadOutcome.Failed(e);
            }
        }
        running = plan.config();
        ServiceEvents.reloaded(plan.applied(), plan.needRestart());
        return new ReloadOutcome.Applied(plan.applied(), plan.needRestart());
    }
}
