package org.ehashpool.benchmarks;

import java.util.concurrent.TimeUnit;
import org.ehashpool.sv2.codec.Extensions;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.codec.Limits;
import org.ehashpool.sv2.codec.MessageCodec;
import org.ehashpool.sv2.codec.ProtocolViolationException;
import org.ehashpool.sv2.codec.Received;
import org.ehashpool.sv2.codec.Reception;
import org.ehashpool.sv2.codec.Sender;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.Protocol;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Every message, as a typical one of its kind, through the derived codec. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class CodecBenchmark {
    /** The record's name behind its chapter's. */
    @Param({
        "Common.SetupConnection",
        "Common.SetupConnectionSuccess",
        "Common.SetupConnectionError",
        "Common.ChannelEndpointChanged",
        "Common.Reconnect",
        "Mining.OpenStandardMiningChannel",
        "Mining.OpenStandardMiningChannelSuccess",
        "Mining.OpenExtendedMiningChannel",
        "Mining.OpenExtendedMiningChannelSuccess",
        "Mining.OpenMiningChannelError",
        "Mining.UpdateChannel",
        "Mining.UpdateChannelError",
        "Mining.CloseChannel",
        "Mining.SetExtranoncePrefix",
        "Mining.SubmitSharesStandard",
        "Mining.SubmitSharesExtended",
        "Mining.SubmitSharesSuccess",
        "Mining.SubmitSharesError",
        "Mining.NewMiningJob",
        "Mining.NewExtendedMiningJob",
        "Mining.SetNewPrevHash",
        "Mining.SetCustomMiningJob",
        "Mining.SetCustomMiningJobSuccess",
        "Mining.SetCustomMiningJobError",
        "Mining.SetTarget",
        "Mining.SetGroupChannel",
        "JobDeclaration.AllocateMiningJobToken",
        "JobDeclaration.AllocateMiningJobTokenSuccess",
        "JobDeclaration.DeclareMiningJob",
        "JobDeclaration.DeclareMiningJobSuccess",
        "JobDeclaration.DeclareMiningJobError",
        "JobDeclaration.ProvideMissingTransactions",
        "JobDeclaration.ProvideMissingTransactionsSuccess",
        "JobDeclaration.PushSolution",
        "TemplateDistribution.CoinbaseOutputConstraints",
        "TemplateDistribution.NewTemplate",
        "TemplateDistribution.SetNewPrevHash",
        "TemplateDistribution.RequestTransactionData",
        "TemplateDistribution.RequestTransactionDataSuccess",
        "TemplateDistribution.RequestTransactionDataError",
        "TemplateDistribution.SubmitSolution",
        "ExtensionsNegotiation.RequestExtensions",
        "ExtensionsNegotiation.RequestExtensionsSuccess",
        "ExtensionsNegotiation.RequestExtensionsError",
        "Ehash.EhashQuoteCreated",
        "Ehash.EhashQuoteFailed",
        "Ehash.EhashMints",
        "MintQuote.MintIdentify",
        "MintQuote.MintIdentifySuccess",
        "MintQuote.MintIdentifyError",
        "MintQuote.MintQuoteRequest",
        "MintQuote.MintQuoteResponse",
        "MintQuote.MintQuoteError"
    })
    public String message = "";

    private Message value = TypicalMessages.of("Common.SetupConnection");
    private byte[] payload = {};
    private FrameHeader header = new FrameHeader(0, false, 0, 0);
    private Reception reception = Reception.setup(Sender.CLIENT, Limits.DEFAULT);

    /** Encodes it once, and finds a connection on which it may arrive. */
    @Setup
    public void prepare() {
        value = TypicalMessages.of(message);
        payload = encode();
        header = MessageCodec.header(value, payload.length);
        reception = reception();
    }

    /** A payload in a new array of its length. */
    @Benchmark
    @Limit("handWritten.encode")
    @Goal(timesLimit = 2)
    public byte[] encode() {
        byte[] encoded = new byte[MessageCodec.encodedLength(value)];
        MessageCodec.encode(value, encoded, 0);
        return encoded;
    }

    /** With the judgement of the header; the message shares no memory with the array. */
    @Benchmark
    @Limit("handWritten.decode")
    @Goal(timesLimit = 2)
    public Received decode() {
        return MessageCodec.decode(reception, header, payload, 0);
    }

    private Reception reception() {
        Sender sender = value instanceof Message.FromClient ? Sender.CLIENT : Sender.SERVER;
        Reception setup = Reception.setup(sender, Limits.DEFAULT);
        if (admits(setup)) {
            return setup;
        }
        for (Protocol protocol : Protocol.values()) {
            Reception established = setup.established(protocol).negotiated(Extensions.of(Ehash.EXTENSION));
            if (admits(established)) {
                return established;
            }
        }
        throw new IllegalStateException("may arrive nowhere: " + message);
    }

    private boolean admits(Reception where) {
        try {
            MessageCodec.admit(where, header);
            return true;
        } catch (ProtocolViolationException e) {
            return false;
        }
    }
}
