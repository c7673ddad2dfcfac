package org.ehashpool.statistics.sampling;

import java.time.Duration;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** How the regular samples are taken. */
public record SamplingConfig(
        @Description("How often quiet minutes get their zeros, and hours and days their figures.")
        @Default("60s")
        @Range(min = "1s", max = "1h")
        Duration period) {}
