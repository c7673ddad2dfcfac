package org.ehashpool.sv2.codec;

import org.ehashpool.sv2.message.Message;

/**
 * What is known of a message before its payload.
 *
 * @param type the record
 * @param name the specification's name, for instance {@code SubmitShares.Success}
 * @param number the 8-bit {@code msg_type}
 * @param extension the 15-bit {@code extension_type}
 * @param channelMessage whether the {@code channel_msg} bit is set
 */
public record MessageInfo(
        Class<? extends Message> type, String name, int number, int extension, boolean channelMessage) {}
