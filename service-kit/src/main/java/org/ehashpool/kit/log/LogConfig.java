package org.ehashpool.kit.log;

import java.util.Map;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Reloadable;

/** The log's part of every service's configuration. */
public record LogConfig(
        @Description("Human lines, JSON lines, or auto: human on a terminal and JSON elsewhere.")
        @Default("human")
        @Reloadable
        LogFormat format,

        @Description("The least severe events that are logged.") @Default("info") @Reloadable
        LogLevel level,

        @Description("Levels of single loggers, { \"org.ehashpool.pool\" = \"debug\" }.") @Default("{}") @Reloadable
        Map<String, LogLevel> levels) {}
