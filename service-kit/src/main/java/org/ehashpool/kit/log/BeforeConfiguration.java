package org.ehashpool.kit.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;

/** Until {@link Logging} starts, and where it never does: warnings and errors, on standard error. */
public final class BeforeConfiguration extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        StandardErrorAppender appender = new StandardErrorAppender();
        appender.setName("standard-error");
        appender.setContext(context);
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        Logging.quietenLibraries(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static final class StandardErrorAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
        private final HumanLine format = new HumanLine(false);

        @Override
        protected void append(ILoggingEvent event) {
            System.err.print(format.format(event));
        }
    }
}
