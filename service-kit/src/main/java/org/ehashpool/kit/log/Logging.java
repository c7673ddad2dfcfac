package org.ehashpool.kit.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** The process's log, as configured. There is one at a time. */
public final class Logging implements AutoCloseable {
    private static final int CAPACITY = 4096;
    private static final Duration FLUSH_DEADLINE = Duration.ofSeconds(2);

    /**
     * What libraries have to say below these levels is their own life, not the service's. jOOQ's open-source edition warns
     * of every PostgreSQL but the newest.
     */
    private static final Map<String, Level> LIBRARIES = Map.of(
            "com.zaxxer.hikari", Level.WARN,
            "org.flywaydb", Level.WARN,
            "org.jooq", Level.WARN,
            "org.jooq.impl.DefaultExecuteContext.logVersionSupport", Level.ERROR);

    private final LoggerContext context;
    private final QueueingAppender appender;
    private final boolean terminal;
    private volatile LineFormat format;

    private Logging(LoggerContext context, LogConfig config, OutputStream output, boolean terminal) {
        this.context = context;
        this.terminal = terminal;
        this.format = lineFormat(config.format());
        this.appender = new QueueingAppender(output, CAPACITY, format, this::droppedLine);
        appender.setName("output");
        appender.setContext(context);
    }

    /**
     * Replaces whatever logs now.
     *
     * @param output where the lines go
     * @param terminal whether a person looks at the output: colours, and what {@link LogFormat#AUTO} means
     */
    public static Logging start(LogConfig config, OutputStream output, boolean terminal) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logging logging = new Logging(context, config, output, terminal);
        logging.appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(logging.appender);
        logging.levels(config);
        PlatformLogBridge.install();
        return logging;
    }

    /** Takes over format and levels. */
    public void reconfigure(LogConfig config) {
        format = lineFormat(config.format());
        appender.format(format);
        levels(config);
    }

    /** Writes what waits, for a few seconds at most. What is logged afterwards is as if nothing had been configured. */
    @Override
    public void close() {
        appender.stop(FLUSH_DEADLINE);
        context.reset();
        new BeforeConfiguration().configure(context);
    }

    static void quietenLibraries(LoggerContext context) {
        LIBRARIES.forEach((name, level) -> context.getLogger(name).setLevel(level));
    }

    private void levels(LogConfig config) {
        for (Logger logger : context.getLoggerList()) {
            boolean root = logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME);
            logger.setLevel(root ? config.level().level() : null);
        }
        quietenLibraries(context);
        config.levels().forEach((name, level) -> context.getLogger(name).setLevel(level.level()));
    }

    private LineFormat lineFormat(LogFormat configured) {
        return switch (configured) {
            case HUMAN -> new HumanLine(terminal);
            case JSON -> new JsonLine();
            case AUTO -> terminal ? new HumanLine(true) : new JsonLine();
        };
    }

    private String droppedLine(long count) {
        LoggingEvent event = new LoggingEvent(
                Logging.class.getName(),
                context.getLogger(Logging.class),
                Level.WARN,
                "log_lines_dropped",
                null,
                new Object[0]);
        event.setKeyValuePairs(List.of(new KeyValuePair("count", count)));
        return format.format(event);
    }
}
