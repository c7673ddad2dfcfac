package org.ehashpool.templateprovider.serve;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.ehashpool.kit.bitcoin.BlockTemplate;
import org.ehashpool.kit.sv2.ConnectionInfo;
import org.ehashpool.kit.sv2.Sv2Connection;
import org.ehashpool.kit.sv2.link.EncodedFrame;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.codec.Decoded;
import org.ehashpool.sv2.codec.FrameHeader;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.TemplateDistribution.CoinbaseOutputConstraints;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionData;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataError;
import org.ehashpool.sv2.message.TemplateDistribution.RequestTransactionDataSuccess;
import org.ehashpool.sv2.message.TemplateDistribution.SubmitSolution;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.ehashpool.templateprovider.block.BlockRecord;
import org.ehashpool.templateprovider.block.BlockSubmitter;
import org.ehashpool.templateprovider.block.Solution;
import org.ehashpool.templateprovider.event.TemplateProviderEvents;
import org.ehashpool.templateprovider.template.Room;
import org.ehashpool.templateprovider.template.ServedTemplate;
import org.jspecify.annotations.Nullable;

/**
 * One client, on its event loop. While one of its messages is being answered the next is not read, so that whatever it
 * asks for waits in its own socket.
 */
final class ClientSession implements TemplateDesk.Client {
    /** As sv2-tp: the coinbase's witness reserved value. */
    private static final Bytes EXCESS_DATA = Bytes.of(new byte[32]);

    /** "the client MUST immediately send a CoinbaseOutputConstraints message". */
    private static final Duration FIRST_MESSAGE = Duration.ofSeconds(10);

    private static final int LENGTHS_OF_SUCCESS = 8 + 2 + 2;
    private static final int LENGTH_OF_TRANSACTION = 3;

    private final Sv2Connection connection;
    private final TemplateDesk desk;
    private final Shelf shelf;
    private final BlockSubmitter blocks;
    private final InstantSource clock;
    private final ServingMeters meters;
    private final DoubleSha256 hasher = new DoubleSha256();
    private int underWay;
    private boolean paused;
    private volatile @Nullable Room room;

    ClientSession(
            Sv2Connection connection,
            TemplateDesk desk,
            Shelf shelf,
            BlockSubmitter blocks,
            InstantSource clock,
            ServingMeters meters) {
        this.connection = connection;
        this.desk = desk;
        this.shelf = shelf;
        this.blocks = blocks;
        this.clock = clock;
        this.meters = meters;
    }

    void open() {
        connection.drainHandler(drained -> resumeIfIdle());
        connection.messageHandler(this::handle);
        Vertx vertx = connection.context().owner();
        long deadline = vertx.setTimer(FIRST_MESSAGE.toMillis(), late -> {
            if (room == null) {
                end("no CoinbaseOutputConstraints within " + FIRST_MESSAGE.toSeconds() + " s");
            }
        });
        connection.closed().onComplete(closed -> {
            vertx.cancelTimer(deadline);
            desk.leave(this);
        });
    }

    private void handle(Decoded decoded) {
        Message message = decoded.message();
        if (message instanceof CoinbaseOutputConstraints constraints) {
            join(constraints);
        } else if (message instanceof RequestTransactionData request) {
            answer(request.templateId());
        } else if (message instanceof SubmitSolution solution) {
            submit(solution);
        }
        // What else a client may send is of the connection itself, and the kit has dealt with it.
    }

    private void join(CoinbaseOutputConstraints message) {
        Room asked = Room.of(message).orElse(null);
        if (asked == null) {
            end("no block has room for coinbase outputs of " + message.coinbaseOutputMaxAdditionalSize() + " bytes");
            return;
        }
        room = asked;
        TemplateProviderEvents.clientJoined(connection.connectionId(), asked.size(), asked.sigops());
        waitFor(desk.join(this, asked));
    }

    private void answer(long templateId) {
        switch (shelf.find(templateId, clock.instant())) {
            case Shelf.Lookup.Found(ServedTemplate template) -> sendTransactions(template);
            case Shelf.Lookup.Stale stale -> refuse(templateId, "stale-template-id");
            case Shelf.Lookup.Unknown unknown -> refuse(templateId, "template-id-not-found");
        }
        if (!connection.isWritable()) {
            pause();
        }
    }

    private void sendTransactions(ServedTemplate template) {
        List<Bytes> transactions = template.draft().transactions().stream()
                .map(BlockTemplate.Transaction::data)
                .toList();
        long length = LENGTHS_OF_SUCCESS
                + EXCESS_DATA.length()
                + template.draft().size()
                + (long) LENGTH_OF_TRANSACTION * transactions.size();
        if (length > FrameHeader.MAXIMUM_PAYLOAD) {
            refuse(template.id(), "transaction-data-too-large");
            return;
        }
        meters.requestAnswered("success");
        connection.send(new RequestTransactionDataSuccess(template.id(), EXCESS_DATA, transactions));
    }

    private void refuse(long templateId, String code) {
        meters.requestAnswered(code);
        connection.send(new RequestTransactionDataError(templateId, Text.of(code)));
    }

    private void submit(SubmitSolution message) {
        Solution solution =
                switch (shelf.find(message.templateId(), clock.instant())) {
                    case Shelf.Lookup.Found(ServedTemplate template) -> Solution.of(template, message, hasher);
                    // A late block may still win.
                    case Shelf.Lookup.Stale(ServedTemplate template) -> Solution.of(template, message, hasher);
                    case Shelf.Lookup.Unknown unknown -> new Solution.Refused(Solution.Reason.UNKNOWN_TEMPLATE);
                };
        switch (solution) {
            case Solution.Solved solved -> {
                Future<BlockRecord.Outcome> outcome = blocks.submit(solved, connection.connectionId());
                if (blocks.isBusy()) {
                    waitFor(outcome);
                }
            }
            case Solution.Refused(Solution.Reason reason) -> {
                meters.solutionRefused(reason.label());
                TemplateProviderEvents.solutionRefused(connection.connectionId(), message.templateId(), reason.label());
            }
        }
    }

    private void waitFor(Future<?> answer) {
        underWay++;
        pause();
        answer.onComplete(done -> connection.context().runOnContext(back -> {
            underWay--;
            resumeIfIdle();
        }));
    }

    private void pause() {
        if (!paused) {
            paused = true;
            connection.pause();
        }
    }

    private void resumeIfIdle() {
        if (paused && underWay == 0 && connection.isWritable()) {
            paused = false;
            connection.resume();
        }
    }

    /** Whether it has said what room it needs. */
    boolean isConstrained() {
        return room != null;
    }

    @Override
    public void send(EncodedFrame frame) {
        connection.sendEncoded(frame);
    }

    @Override
    public void end(String why) {
        TemplateProviderEvents.clientRefused(connection.connectionId(), why);
        meters.clientRefused();
        connection.close();
    }

    /** For {@code /api/v1/clients}. */
    JsonObject describe() {
        ConnectionInfo info = connection.info();
        Room asked = room;
        return new JsonObject()
                .put("connection", info.connectionId())
                .put(
                        "peer",
                        info.peer().getAddress().getHostAddress() + ":"
                                + info.peer().getPort())
                .put("vendor", info.client().vendor())
                .put("connected_at", info.connectedAt().toEpochMilli())
                .put("coinbase_output_max_additional_size", asked == null ? null : asked.size())
                .put("coinbase_output_max_additional_sigops", asked == null ? null : asked.sigops());
    }
}
