package org.ehashpool.sv2.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;
import org.junit.jupiter.api.Test;

class MessageValuesTest {
    @Test
    void shouldNotChangeWhenTheListItWasMadeOfChanges() {
        List<Long> channels = new ArrayList<>(List.of(1L, 2L));
        Mining.SetGroupChannel message = new Mining.SetGroupChannel(9, channels);
        channels.clear();
        assertThat(message.channelIds()).containsExactly(1L, 2L);
    }

    @Test
    void shouldNumberSubProtocolsAsSetupConnectionDoes() {
        assertThat(Protocol.of(0)).contains(Protocol.MINING);
        assertThat(Protocol.of(1)).contains(Protocol.JOB_DECLARATION);
        assertThat(Protocol.of(2)).contains(Protocol.TEMPLATE_DISTRIBUTION);
        assertThat(Protocol.of(3)).contains(Protocol.MINT_QUOTE);
        assertThat(Protocol.of(4)).isEmpty();
        assertThat(Protocol.of(-1)).isEmpty();
        assertThat(Protocol.values())
                .allSatisfy(
                        protocol -> assertThat(Protocol.of(protocol.number())).contains(protocol));
    }

    @Test
    void shouldRefuseLockingKeyWhenItIsNotACompressedPoint() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ehash.lockingKey(Bytes.of(new byte[32])));
        assertThat(Ehash.lockingKey(List.of(Ehash.lockingKey(Bytes.of(new byte[33])))))
                .contains(Bytes.of(new byte[33]));
    }

    @Test
    void shouldCarryRetryabilityOfTheCode() {
        assertThat(MintQuoteErrorCode.CONFLICT.toMessage(7, U256.ZERO))
                .isEqualTo(new MintQuote.MintQuoteError(7, U256.ZERO, Text.of("conflict"), false));
        assertThat(MintQuoteErrorCode.STORAGE_UNAVAILABLE
                        .toMessage(7, U256.ZERO)
                        .retryable())
                .isTrue();
        assertThat(MintQuoteErrorCode.values())
                .filteredOn(MintQuoteErrorCode::retryable)
                .extracting(MintQuoteErrorCode::code)
                .containsExactlyInAnyOrder(
                        Text.of("quoting-stopped"),
                        Text.of("limit-reached"),
                        Text.of("read-only"),
                        Text.of("window-exceeded"),
                        Text.of("storage-unavailable"),
                        Text.of("shutting-down"));
        assertThat(MintQuoteErrorCode.values())
                .allSatisfy(
                        code -> assertThat(MintQuoteErrorCode.of(code.code())).contains(code));
        assertThat(MintQuoteErrorCode.of(Text.of("other"))).isEmpty();
    }
}
