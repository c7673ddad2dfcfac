package org.ehashpool.kit.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ehashpool.kit.config.ConfigProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service's life looks like in the log: one method per event. */
final class ServiceEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceEvents.class);

    private ServiceEvents() {}

    static void starting(ServiceIdentity identity, Optional<Path> config, String transport) {
        LOG.atInfo()
                .addKeyValue("service", identity.service())
                .addKeyValue("instance", identity.instance())
                .addKeyValue("boot_id", identity.bootId())
                .addKeyValue("version", identity.version())
                .addKeyValue("java", Runtime.version())
                .addKeyValue("pid", ProcessHandle.current().pid())
                .addKeyValue("config", config.map(Path::toString).orElse("environment"))
                .addKeyValue("transport", transport)
                .log("starting");
    }

    static void componentStarted(String component, Duration took) {
        LOG.atDebug()
                .addKeyValue("component", component)
                .addKeyValue("took_ms", took.toMillis())
                .log("component_started");
    }

    static void ready(Duration took, Duration sinceJvmStart) {
        LOG.atInfo()
                .addKeyValue("took_ms", took.toMillis())
                .addKeyValue("since_jvm_start_ms", sinceJvmStart.toMillis())
                .log("ready");
    }

    static void startFailed(String component, Throwable cause) {
        LOG.atError().addKeyValue("component", component).setCause(cause).log("start_failed");
    }

    static void startAbandoned(String component) {
        LOG.atWarn().addKeyValue("component", component).log("start_abandoned");
    }

    static void reloaded(List<String> applied, List<String> needRestart) {
        LOG.atInfo()
                .addKeyValue("applied", String.join(",", applied))
                .addKeyValue("need_restart", String.join(",", needRestart))
                .log("config_reloaded");
    }

    static void needsRestart(String key) {
        LOG.atWarn().addKeyValue("key", key).log("config_needs_restart");
    }

    static void reloadRefused(int problems) {
        LOG.atError().addKeyValue("problems", problems).log("config_reload_refused");
    }

    static void configProblem(ConfigProblem problem) {
        LOG.atError()
                .addKeyValue("source", problem.source().describe())
                .addKeyValue("key", problem.key())
                .addKeyValue("value", problem.value().orElse(""))
                .addKeyValue("expected", problem.expected())
                .log("config_problem");
    }

    static void reloadFailed(Throwable cause) {
        LOG.atError().setCause(cause).log("config_reload_failed");
    }

    static void draining(String reason, Duration deadline) {
        LOG.atInfo()
                .addKeyValue("reason", reason)
                .addKeyValue("deadline_ms", deadline.toMillis())
                .log("draining");
    }

    static void failed(Throwable cause) {
        LOG.atError().setCause(cause).log("failed");
    }

    static void stopFailed(String component, Throwable cause) {
        LOG.atError().addKeyValue("component", component).setCause(cause).log("stop_failed");
    }

    static void stopped(ServiceState state, int exitStatus, Duration took) {
        LOG.atInfo()
                .addKeyValue("state", state.text())
                .addKeyValue("exit_status", exitStatus)
                .addKeyValue("took_ms", took.toMillis())
                .log("stopped");
    }

    static void forced(String signal) {
        LOG.atWarn().addKeyValue("signal", signal).log("forced_exit");
    }

    static void signalUnavailable(String signal, Throwable cause) {
        LOG.atWarn().addKeyValue("signal", signal).setCause(cause).log("signal_unavailable");
    }

    static void uncaught(String thread, Throwable cause) {
        LOG.atError().addKeyValue("in_thread", thread).setCause(cause).log("uncaught_exception");
    }

    static void clockJumped(Duration jump) {
        LOG.atWarn().addKeyValue("by_ms", jump.toMillis()).log("clock_jumped");
    }
}
