package org.ehashpool.statistics.web;

import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** The pages' part of a statistics service's configuration. */
public record WebConfig(
        @Description("Open pages that are kept current; one more is not. Each is one of http.max_connections.")
        @Default("500")
        @Range(min = "0", max = "60000")
        int viewers) {}
