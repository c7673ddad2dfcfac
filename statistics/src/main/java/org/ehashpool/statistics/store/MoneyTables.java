package org.ehashpool.statistics.store;

import static org.ehashpool.statistics.store.PeerTables.moment;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehashpool.statistics.fold.BalanceChange;
import org.ehashpool.statistics.fold.BlockChange;
import org.ehashpool.statistics.fold.Changes;
import org.ehashpool.statistics.fold.Downstream;
import org.ehashpool.statistics.fold.QuoteCell;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Quotes, blocks and balances. */
final class MoneyTables {
    private final DSLContext sql;

    MoneyTables(DSLContext sql) {
        this.sql = sql;
    }

    void write(Changes changes) {
        quotes(changes);
        if (!changes.failed().isEmpty()) {
            failures(changes.failed());
        }
        if (!changes.blocks().isEmpty()) {
            blocks(changes.blocks());
        }
        if (!changes.balances().isEmpty()) {
            balances(changes.balances());
            balanceHistory(new ArrayList<>(changes.balanceMinutes().entrySet()));
        }
    }

    private record Quotes(
            QuoteCell.Key key, long created, BigInteger createdAmount, long issued, BigInteger issuedAmount) {}

    private void quotes(Changes changes) {
        Set<QuoteCell.Key> keys = new LinkedHashSet<>(changes.created().keySet());
        keys.addAll(changes.issued().keySet());
        if (keys.isEmpty()) {
            return;
        }
        QuoteCell none = new QuoteCell();
        List<Quotes> rows = new ArrayList<>();
        for (QuoteCell.Key key : keys) {
            QuoteCell created = changes.created().getOrDefault(key, none);
            QuoteCell issued = changes.issued().getOrDefault(key, none);
            rows.add(new Quotes(key, created.count(), created.amount(), issued.count(), issued.amount()));
        }
        for (String statement : List.of("""
                insert into quote_history (bucket, sender_id, mint, unit, created, created_amount, issued, issued_amount)
                select %s, sender_id, mint, unit, created, created_amount, issued, issued_amount
                from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7})
                    as told (bucket, sender_id, mint, unit, created, created_amount, issued, issued_amount)
                on conflict (bucket, sender_id, mint, unit) do update set
                    created = quote_history.created + excluded.created,
                    created_amount = quote_history.created_amount + excluded.created_amount,
                    issued = quote_history.issued + excluded.issued,
                    issued_amount = quote_history.issued_amount + excluded.issued_amount
                """.formatted(moment("bucket")), """
                insert into quote_total (sender_id, mint, unit, created, created_amount, issued, issued_amount, failed,
                    failed_amount)
                select sender_id, mint, unit, sum(created), sum(created_amount), sum(issued), sum(issued_amount), 0, 0
                from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7})
                    as told (bucket, sender_id, mint, unit, created, created_amount, issued, issued_amount)
                group by sender_id, mint, unit
                on conflict (sender_id, mint, unit) do update set
                    created = quote_total.created + excluded.created,
                    created_amount = quote_total.created_amount + excluded.created_amount,
                    issued = quote_total.issued + excluded.issued,
                    issued_amount = quote_total.issued_amount + excluded.issued_amount
                """)) {
            sql.execute(
                    statement,
                    Columns.longs(rows, row -> row.key().minute()),
                    Columns.integers(rows, row -> row.key().sender()),
                    Columns.texts(rows, row -> row.key().mint()),
                    Columns.texts(rows, row -> row.key().unit()),
                    Columns.longs(rows, Quotes::created),
                    Columns.numbers(rows, Quotes::createdAmount),
                    Columns.longs(rows, Quotes::issued),
                    Columns.numbers(rows, Quotes::issuedAmount));
        }
    }

    private void failures(Map<QuoteCell.Failure, QuoteCell> failures) {
        List<Map.Entry<QuoteCell.Failure, QuoteCell>> rows = new ArrayList<>(failures.entrySet());
        for (String statement : List.of("""
                insert into quote_failure (bucket, sender_id, mint, unit, reason, count, amount)
                select %s, sender_id, mint, unit, reason, count, amount
                from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6})
                    as told (bucket, sender_id, mint, unit, reason, count, amount)
                on conflict (bucket, sender_id, mint, unit, reason) do update set
                    count = quote_failure.count + excluded.count, amount = quote_failure.amount + excluded.amount
                """.formatted(moment("bucket")), """
                insert into quote_total (sender_id, mint, unit, created, created_amount, issued, issued_amount, failed,
                    failed_amount)
                select sender_id, mint, unit, 0, 0, 0, 0, sum(count), sum(amount)
                from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6})
                    as told (bucket, sender_id, mint, unit, reason, count, amount)
                group by sender_id, mint, unit
                on conflict (sender_id, mint, unit) do update set failed = quote_total.failed + excluded.failed,
                    failed_amount = quote_total.failed_amount + excluded.failed_amount
                """)) {
            sql.execute(
                    statement,
                    Columns.longs(rows, row -> row.getKey().key().minute()),
                    Columns.integers(rows, row -> row.getKey().key().sender()),
                    Columns.texts(rows, row -> row.getKey().key().mint()),
                    Columns.texts(rows, row -> row.getKey().key().unit()),
                    Columns.texts(rows, row -> row.getKey().reason()),
                    Columns.longs(rows, row -> row.getValue().count()),
                    Columns.numbers(rows, row -> row.getValue().amount()));
        }
    }

    /** A block that is told of as found again stays what it became. */
    private void blocks(Collection<BlockChange> blocks) {
        sql.execute(
                """
                insert into block (hash, height, sender_id, downstream_id, user_identity, state, confirmations, found_at,
                    changed_at)
                select hash, height, sender_id, downstream_id, user_identity, state, confirmations, %s, %s
                from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8})
                    as told (hash, height, sender_id, downstream_id, user_identity, state, confirmations, at, changed)
                on conflict (hash) do update set height = coalesce(excluded.height, block.height),
                    downstream_id = coalesce(excluded.downstream_id, block.downstream_id),
                    user_identity = coalesce(excluded.user_identity, block.user_identity),
                    state = case when excluded.state = 'found' then block.state else excluded.state end,
                    confirmations = greatest(excluded.confirmations, block.confirmations),
                    found_at = least(excluded.found_at, block.found_at),
                    changed_at = greatest(excluded.changed_at, block.changed_at)
                """.formatted(moment("at"), moment("changed")),
                Columns.texts(blocks, BlockChange::hash),
                Columns.optionalLongs(blocks, BlockChange::height),
                Columns.integers(blocks, BlockChange::sender),
                Columns.optionalLongs(blocks, MoneyTables::downstream),
                Columns.texts(blocks, BlockChange::user),
                Columns.texts(blocks, BlockChange::state),
                Columns.longs(blocks, BlockChange::confirmations),
                Columns.longs(blocks, BlockChange::at),
                Columns.longs(blocks, BlockChange::changedAt));
    }

    private static @Nullable Long downstream(BlockChange block) {
        Downstream downstream = block.downstream();
        return downstream == null ? null : downstream.subject().id();
    }

    private void balances(Collection<BalanceChange> balances) {
        sql.execute(
                """
                insert into balance (sender_id, mint, unit, amount, at)
                select sender_id, mint, unit, amount, %s
                from unnest({0}, {1}, {2}, {3}, {4}) as told (sender_id, mint, unit, amount, at_millis)
                on conflict (sender_id, mint, unit) do update set amount = excluded.amount, at = excluded.at
                where excluded.at >= balance.at
                """.formatted(moment("at_millis")),
                Columns.integers(balances, one -> one.key().sender()),
                Columns.texts(balances, one -> one.key().mint()),
                Columns.texts(balances, one -> one.key().unit()),
                Columns.numbers(balances, BalanceChange::amount),
                Columns.longs(balances, BalanceChange::at));
    }

    private void balanceHistory(List<Map.Entry<BalanceChange.Minute, BalanceChange>> minutes) {
        sql.execute(
                """
                insert into balance_history (bucket, sender_id, mint, unit, amount)
                select %s, sender_id, mint, unit, amount
                from unnest({0}, {1}, {2}, {3}, {4}) as told (bucket, sender_id, mint, unit, amount)
                on conflict (bucket, sender_id, mint, unit) do update set amount = excluded.amount
                """.formatted(moment("bucket")),
                Columns.longs(minutes, row -> row.getKey().minute()),
                Columns.integers(minutes, row -> row.getKey().key().sender()),
                Columns.texts(minutes, row -> row.getKey().key().mint()),
                Columns.texts(minutes, row -> row.getKey().key().unit()),
                Columns.numbers(minutes, row -> row.getValue().amount()));
    }
}
