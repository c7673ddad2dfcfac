package org.ehashpool.pool.block;

import java.nio.file.Path;
import java.util.Optional;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** What is done about found blocks. */
public record BlocksConfig(
        @Description("Where found blocks and what became of them are kept; otherwise in the data directory.")
        Optional<Path> directory,

        @Description("After so many further blocks a block of ours counts as confirmed, or another one's as final.")
        @Default("6")
        @Range(min = "1", max = "1000")
        int confirmations) {}
