package org.ehashpool.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.ExtensionsNegotiation;
import org.ehashpool.sv2.message.JobDeclaration;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.MintQuote;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.sv2.type.U256;

/**
 * One message of each kind, as long as they are in practice: a merkle path of 12 nodes (some 3,000 transactions), an
 * extranonce of 8 bytes, a coinbase of two outputs, a block of 3,000 declared transactions, of which 20 are missing.
 */
final class TypicalMessages {
    private static final Random RANDOM = new Random(1);
    private static final long VERSION = 0x2000_0000L;
    private static final long TIME = 1_800_000_000L;
    private static final long NBITS = 0x1702_1369L;
    private static final int TRANSACTIONS = 3_000;
    private static final int MISSING = 20;
    private static final int TRANSACTION_LENGTH = 350;

    private static final U256 HASH = U256.fromLittleEndian(random(U256.LENGTH).toByteArray(), 0);
    private static final List<U256> MERKLE_PATH = hashes(12);
    private static final Bytes COINBASE_PREFIX = random(58);
    private static final Bytes COINBASE_SUFFIX = random(120);
    private static final Bytes COINBASE_OUTPUTS = random(75);
    private static final Bytes EXTRANONCE = random(8);
    private static final Bytes TOKEN = random(16);
    private static final Text ERROR = Text.of("difficulty-too-low");
    private static final Text USER = Text.of("02".repeat(33) + ".worker7");
    private static final Text QUOTE = Text.of("0190a4c2-7d3e-7bb2-9d8e-3a1f6f0c2b11");
    private static final Text UNIT = Text.of("hash");
    private static final Text MINT_URL = Text.of("https://mint.example.org");

    private static final Map<String, Message> BY_NAME = byName();

    private TypicalMessages() {}

    /** The names, {@code Chapter.Record}. */
    static Iterable<String> names() {
        return BY_NAME.keySet();
    }

    /** The message of that name. */
    static Message of(String name) {
        Message message = BY_NAME.get(name);
        if (message == null) {
            throw new IllegalArgumentException("no message " + name);
        }
        return message;
    }

    private static Map<String, Message> byName() {
        Map<String, Message> byName = new LinkedHashMap<>();
        Stream.of(common(), mining(), jobDeclaration(), templateDistribution(), extensions())
                .flatMap(List::stream)
                .forEach(message -> byName.put(name(message.getClass()), message));
        return Collections.unmodifiableMap(byName);
    }

    /** A record's name behind its chapter's: two chapters have a SetNewPrevHash. */
    static String name(Class<?> type) {
        return type.getEnclosingClass().getSimpleName() + "." + type.getSimpleName();
    }

    private static List<Message> common() {
        return List.of(
                new Common.SetupConnection(
                        0,
                        2,
                        2,
                        0,
                        Text.of("pool.example.org"),
                        34254,
                        Text.of("Bitmain"),
                        Text.of("S19 Pro"),
                        Text.of("braiins-os-2018-09-22-1-hash"),
                        Text.of("device-0001")),
                new Common.SetupConnectionSuccess(2, 0),
                new Common.SetupConnectionError(1, Text.of("unsupported-feature-flags")),
                new Common.ChannelEndpointChanged(7),
                new Common.Reconnect(Text.of("pool.example.org"), 34254));
    }

    private static List<Message> mining() {
        return List.of(
                new Mining.OpenStandardMiningChannel(1, USER, 1e14f, U256.MAX_VALUE),
                new Mining.OpenStandardMiningChannelSuccess(1, 7, HASH, random(16), 3),
                new Mining.OpenExtendedMiningChannel(1, USER, 1e14f, U256.MAX_VALUE, 8),
                new Mining.OpenExtendedMiningChannelSuccess(1, 7, HASH, 8, EXTRANONCE, 3),
                new Mining.OpenMiningChannelError(1, Text.of("unknown-user")),
                new Mining.UpdateChannel(7, 1e14f, HASH),
                new Mining.UpdateChannelError(7, Text.of("invalid-channel-id")),
                new Mining.CloseChannel(7, Text.of("done")),
                new Mining.SetExtranoncePrefix(7, EXTRANONCE),
                new Mining.SubmitSharesStandard(7, 1234, 42, 0xdeadbeefL, TIME, VERSION),
                new Mining.SubmitSharesExtended(7, 1234, 42, 0xdeadbeefL, TIME, VERSION, EXTRANONCE),
                new Mining.SubmitSharesSuccess(7, 1234, 5, 5_000_000),
                new Mining.SubmitSharesError(7, 1234, ERROR),
                new Mining.NewMiningJob(7, 42, OptionalLong.of(TIME), VERSION, HASH),
                new Mining.NewExtendedMiningJob(
                        3, 42, OptionalLong.of(TIME), VERSION, true, MERKLE_PATH, COINBASE_PREFIX, COINBASE_SUFFIX),
                new Mining.SetNewPrevHash(3, 42, HASH, TIME, NBITS),
                new Mining.SetCustomMiningJob(
                        7,
                        1,
                        TOKEN,
                        VERSION,
                        HASH,
                        TIME,
                        NBITS,
                        2,
                        random(4),
                        0xffff_fffeL,
                        COINBASE_OUTPUTS,
                        900_000,
                        MERKLE_PATH),
                new Mining.SetCustomMiningJobSuccess(7, 1, 42),
                new Mining.SetCustomMiningJobError(7, 1, Text.of("invalid-mining-job-token")),
                new Mining.SetTarget(7, HASH),
                new Mining.SetGroupChannel(3, List.of(7L, 8L, 9L, 10L)));
    }

    private static List<Message> jobDeclaration() {
        return List.of(
                new JobDeclaration.AllocateMiningJobToken(USER, 1),
                new JobDeclaration.AllocateMiningJobTokenSuccess(1, TOKEN, COINBASE_OUTPUTS),
                new JobDeclaration.DeclareMiningJob(
                        1, TOKEN, VERSION, COINBASE_PREFIX, COINBASE_SUFFIX, hashes(TRANSACTIONS), Bytes.EMPTY),
                new JobDeclaration.DeclareMiningJobSuccess(1, TOKEN),
                new JobDeclaration.DeclareMiningJobError(1, Text.of("invalid-mining-job-token"), Bytes.EMPTY),
                new JobDeclaration.ProvideMissingTransactions(
                        1, IntStream.range(0, MISSING).boxed().toList()),
                new JobDeclaration.ProvideMissingTransactionsSuccess(1, transactions(MISSING)),
                new JobDeclaration.PushSolution(EXTRANONCE, HASH, 0xdeadbeefL, TIME, NBITS, VERSION));
    }

    private static List<Message> templateDistribution() {
        return List.of(
                new TemplateDistribution.CoinbaseOutputConstraints(1_000, 40),
                new TemplateDistribution.NewTemplate(
                        9, true, VERSION, 2, random(4), 0xffff_fffeL, 312_500_000, 1, random(46), 900_000, MERKLE_PATH),
                new TemplateDistribution.SetNewPrevHash(9, HASH, TIME, NBITS, HASH),
                new TemplateDistribution.RequestTransactionData(9),
                new TemplateDistribution.RequestTransactionDataSuccess(9, Bytes.EMPTY, transactions(TRANSACTIONS)),
                new TemplateDistribution.RequestTransactionDataError(9, Text.of("template-id-not-found")),
                new TemplateDistribution.SubmitSolution(9, VERSION, TIME, 0xdeadbeefL, random(230)));
    }

    private static List<Message> extensions() {
        Bytes key = random(33);
        return List.of(
                new ExtensionsNegotiation.RequestExtensions(1, List.of(0x0002, 0x4548)),
                new ExtensionsNegotiation.RequestExtensionsSuccess(1, List.of(0x0002, 0x4548)),
                new ExtensionsNegotiation.RequestExtensionsError(1, List.of(0x0002), List.of(0x4548)),
                new Ehash.EhashQuoteCreated(7, 1234, HASH, 1, QUOTE, 4_096, UNIT, MINT_URL),
                new Ehash.EhashQuoteFailed(7, 1234, HASH, Text.of("storage-unavailable")),
                new Ehash.EhashMints(List.of(new Ehash.Mint(MINT_URL, random(32), UNIT))),
                new MintQuote.MintIdentify(random(32), random(64), MINT_URL, List.of(UNIT), 256),
                new MintQuote.MintIdentifySuccess(),
                new MintQuote.MintIdentifyError(Text.of("unknown-mint")),
                new MintQuote.MintQuoteRequest(77, HASH, 1, 4_096, UNIT, key, TIME * 1_000),
                new MintQuote.MintQuoteResponse(77, HASH, QUOTE, 4_096),
                new MintQuote.MintQuoteError(77, HASH, Text.of("storage-unavailable"), true));
    }

    private static List<U256> hashes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> U256.fromLittleEndian(random(U256.LENGTH).toByteArray(), 0))
                .toList();
    }

    private static List<Bytes> transactions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> random(TRANSACTION_LENGTH))
                .toList();
    }

    private static Bytes random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Bytes.of(bytes);
    }
}
