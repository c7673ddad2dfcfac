package org.ehashpool.cashu.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.ehashpool.cashu.Vectors;
import org.ehashpool.cashu.point.SecretKey;
import org.junit.jupiter.api.Test;

class ExtendedKeyTest {

    /** Test vector 1 of BIP 32. */
    @Test
    void shouldDeriveTheKeysOfBip32() {
        ExtendedKey master = ExtendedKey.master(Vectors.hex("000102030405060708090a0b0c0d0e0f"));

        assertThat(master.secretKey())
                .isEqualTo(SecretKey.parse("e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35"));
        assertThat(master.hardened(0).secretKey())
                .isEqualTo(SecretKey.parse("edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea"));
        assertThat(master.hardened(0).normal(1).secretKey())
                .isEqualTo(SecretKey.parse("3c6cb8d0f6a264c91ea8b5030fadaa8e538b020f0a387421a12de9319dc93368"));
    }

    @Test
    void shouldRefuseWhenAnIndexOrASeedIsOutOfRange() {
        ExtendedKey master = ExtendedKey.master(new byte[64]);

        assertThatIllegalArgumentException().isThrownBy(() -> master.hardened(1L << 31));
        assertThatIllegalArgumentException().isThrownBy(() -> master.hardened(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> master.normal(1L << 31));
        assertThatIllegalArgumentException().isThrownBy(() -> ExtendedKey.master(new byte[15]));
        assertThatIllegalArgumentException().isThrownBy(() -> ExtendedKey.master(new byte[65]));
        assertThat(master.hardened((1L << 31) - 1).secretKey()).isNotEqualTo(master.secretKey());
    }

    @Test
    void shouldDeriveNoMoreWhenItIsClosed() {
        ExtendedKey master = ExtendedKey.master(new byte[64]);
        master.close();

        assertThat(master).hasToString("ExtendedKey");
        assertThatIllegalStateException().isThrownBy(() -> master.hardened(0));
    }

    @Test
    void shouldGiveAMintOneIdentityPerSeed() {
        byte[] seed = new byte[64];
        byte[] other = new byte[64];
        other[63] = 1;

        // HMAC-SHA256 of "Cashu_MintIdentity_v1\0" under 64 zero bytes, by openssl.
        assertThat(MintIdentity.derive(seed))
                .isEqualTo(SecretKey.parse("bbd038e393acbda6b40137a5ad6d721d7fc29218ead5214fb6491c19589ab91f"))
                .isNotEqualTo(MintIdentity.derive(other));
    }
}
