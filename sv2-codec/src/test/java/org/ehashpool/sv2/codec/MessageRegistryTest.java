package org.ehashpool.sv2.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.junit.jupiter.api.Test;

class MessageRegistryTest {
    @Test
    void shouldRefuseWhenTwoMessagesHaveOneNumber() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new MessageRegistry(
                        List.of(Common.Reconnect.class, Mining.SetTarget.class, Common.Reconnect.class)))
                .withMessageStartingWith("one number for two messages");
    }

    @Test
    void shouldFindEveryMessageByNumberAndByClass() {
        assertThat(MessageCodec.messages()).hasSize(53).allSatisfy(info -> {
            assertThat(MessageRegistry.ALL.find(info.extension(), info.number()))
                    .isSameAs(MessageRegistry.ALL.of(info.type()));
            assertThat(info.type().getSimpleName()).isEqualTo(info.name().replace(".", ""));
        });
    }

    @Test
    void shouldHoldEachRecordOnceWhenBothSidesMaySendIt() {
        assertThat(MessageRegistry.permitted(Message.class))
                .contains(Mining.CloseChannel.class)
                .doesNotHaveDuplicates();
    }
}
