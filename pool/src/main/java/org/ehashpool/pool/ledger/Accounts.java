package org.ehashpool.pool.ledger;

import static org.ehashpool.pool.generated.Tables.ACCOUNT;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ehashpool.kit.postgres.Database;
import org.ehashpool.kit.postgres.Isolation;
import org.ehashpool.sv2.type.Bytes;
import org.ehashpool.sv2.type.Text;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Who mines, and their numbers. For one thread at a time; blocks. */
final class Accounts {
    private static final int REMEMBERED = 65_536;

    private final Supplier<Database> database;
    private final Map<Identity, Long> known = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Who a share is from.
     *
     * @param user the channel's user_identity
     * @param worker empty if the share names none
     */
    record Identity(Text user, Text worker) {
        private static final Comparator<Identity> ORDER = Comparator.comparing(
                        (Identity one) -> one.user().bytes())
                .thenComparing(one -> one.worker().bytes());

        static Identity of(ShareCredit credit) {
            return new Identity(credit.userIdentity(), credit.worker().orElse(Text.EMPTY));
        }
    }

    Accounts(Supplier<Database> database) {
        this.database = database;
    }

    /** The numbers of identities, given now to those that have none. */
    Map<Identity, Long> numbers(Collection<Identity> identities) {
        Map<Identity, Long> numbers = new HashMap<>();
        Set<Identity> missing = new LinkedHashSet<>();
        for (Identity identity : identities) {
            Long number = known.get(identity);
            if (number == null) {
                missing.add(identity);
            } else {
                numbers.put(identity, number);
            }
        }
        if (!missing.isEmpty()) {
            // In one order on all nodes, so that no two wait for each other.
            List<Identity> inOrder = new ArrayList<>(missing);
            inOrder.sort(Identity.ORDER);
            Map<Identity, Long> found =
                    database.get().transactBlocking(Isolation.READ_COMMITTED, sql -> numbers(sql, inOrder));
            known.putAll(found);
            numbers.putAll(found);
        }
        return numbers;
    }

    private static Map<Identity, Long> numbers(DSLContext sql, List<Identity> identities) {
        String[] users = hex(identities, Identity::user);
        String[] workers = hex(identities, Identity::worker);
        sql.execute("""
                insert into {0} (user_identity, worker)
                select decode(identity, 'hex'), decode(name, 'hex') from unnest({1}, {2}) as wanted (identity, name)
                on conflict do nothing""", ACCOUNT, DSL.val(users), DSL.val(workers));
        Map<Identity, Long> numbers = new HashMap<>();
        sql.fetch("""
                        select account.id, account.user_identity, account.worker
                        from unnest({1}, {2}) as wanted (identity, name) join {0} as account
                            on account.user_identity = decode(identity, 'hex') and account.worker = decode(name, 'hex')""", ACCOUNT, DSL.val(users), DSL.val(workers))
                .forEach(row -> numbers.put(
                        new Identity(text(row.get(1, byte[].class)), text(row.get(2, byte[].class))),
                        row.get(0, Long.class)));
        return numbers;
    }

    private static String[] hex(List<Identity> identities, Function<Identity, Text> part) {
        return identities.stream()
                .map(identity -> part.apply(identity).bytes().toHex())
                .toArray(String[]::new);
    }

    private static Text text(byte[] bytes) {
        return Text.of(Bytes.of(bytes));
    }
}
