package org.ehashpool.sv2.codec;

/** What a frame turned out to be. */
public sealed interface Received permits Decoded, UnknownExtension {}
