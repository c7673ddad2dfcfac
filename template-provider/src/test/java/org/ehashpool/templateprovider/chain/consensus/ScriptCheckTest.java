package org.ehashpool.templateprovider.chain.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehashpool.templateprovider.chain.consensus.ChainScenario.COIN;

import fr.acinq.bitcoin.PrivateKey;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.Script;
import fr.acinq.bitcoin.SigHash;
import fr.acinq.bitcoin.SigVersion;
import fr.acinq.bitcoin.Transaction;
import java.util.List;
import org.ehashpool.sv2.type.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptCheckTest {
    private final PrivateKey key = PrivateKey.fromHex("11".repeat(32));
    private final Bytes locking = Bytes.of(Script.write(Script.pay2wpkh(key.publicKey())));
    private ChainScenario chain;
    private Outpoint coin;

    @BeforeEach
    void payToKey() throws Exception {
        chain = new ChainScenario();
        Bytes funding = Spend.of(chain.coin(1)).to(COIN, locking).build();
        chain.accepted(chain.next().with(funding).mined());
        coin = new Outpoint(Spend.id(funding), 0);
    }

    private Bytes signed(long signedValue) {
        Bytes unsigned = Spend.of(coin).to(COIN).stripped();
        Transaction transaction = Transaction.read(unsigned.toByteArray());
        byte[] signature = transaction.signInput(
                0,
                Script.pay2pkh(key.publicKey()),
                SigHash.SIGHASH_ALL,
                new Satoshi(signedValue),
                SigVersion.SIGVERSION_WITNESS_V0,
                key);
        return Spend.of(coin)
                .to(COIN)
                .witness(List.of(
                        Bytes.of(signature), Bytes.of(key.publicKey().value.toByteArray())))
                .build();
    }

    @Test
    void shouldAcceptWhenSignatureIsRight() throws Exception {
        chain.accepted(chain.next().with(signed(COIN)).mined());
    }

    @Test
    void shouldRefuseWhenSignatureIsForAnotherAmount() throws Exception {
        assertScriptFails(signed(COIN - 1));
    }

    @Test
    void shouldRefuseWhenThereIsNoSignature() throws Exception {
        assertScriptFails(Spend.of(coin).to(COIN).build());
    }

    @Test
    void shouldRefuseWhenAnyonesCoinComesWithMoreThanItsScript() throws Exception {
        assertScriptFails(Spend.of(chain.coin(2))
                .witness(List.of(Bytes.of((byte) 1), AnyoneCanSpend.WITNESS_SCRIPT))
                .to(COIN)
                .build());
    }

    @Test
    void shouldRefuseWhenAnyonesCoinComesWithAnotherScript() throws Exception {
        assertScriptFails(Spend.of(chain.coin(2))
                .witness(List.of(Bytes.of((byte) 0x52)))
                .to(COIN)
                .build());
    }

    private void assertScriptFails(Bytes transaction) throws Exception {
        Acceptance acceptance = chain.accept(chain.next().with(transaction).mined());
        assertThat(acceptance)
                .isInstanceOfSatisfying(
                        Acceptance.Refused.class,
                        refused -> assertThat(refused.text())
                                .startsWith("mandatory-script-verify-flag-failed (")
                                .endsWith(")"));
    }
}
