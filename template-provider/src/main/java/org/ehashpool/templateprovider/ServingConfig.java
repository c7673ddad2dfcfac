package org.ehashpool.templateprovider;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ehashpool.kit.config.ByteSize;
import org.ehashpool.kit.config.Default;
import org.ehashpool.kit.config.Description;
import org.ehashpool.kit.config.Range;

/** What serving templates may cost. */
record ServingConfig(
        @Description(
                "Send clients an empty template of the block after, so that a new tip takes one short message. Off for pools that take each future template for the next SetNewPrevHash's, as the reference implementation's does.")
        @Default("true")
        boolean ahead,

        @Description(
                "Different sizes of coinbase outputs that clients may ask for at a time; each has its own templates.")
        @Default("64")
        @Range(min = "1", max = "4096")
        int maxOutputSizes,

        @Description("Templates kept for late solutions and requests of transactions.")
        @Default("512")
        @Range(min = "16", max = "65536")
        int maxTemplates,

        @Description("Memory of their transactions.") @Default("256MiB") @Range(min = "16MiB", max = "16GiB")
        ByteSize maxTemplateMemory,

        @Description("How long a client waits for the first template before it is sent away.")
        @Default("5s")
        @Range(min = "0s", max = "10m")
        Duration patience,

        @Description("Where blocks are kept until the node has them: by default in the data directory.")
        Optional<Path> blocks,

        @Description("How long a block is tried while the node is away; it is tried again at the next start.")
        @Default("10m")
        @Range(min = "1s", max = "7d")
        Duration blockRetry) {}
