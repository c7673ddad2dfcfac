package org.ehashpool.mint.api;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** One mint for all tests of a class, of which none leaves anything that another could see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RefusalScenario extends ApiScenario {

    @BeforeAll
    void openOnce() throws Exception {
        super.startFromNothing();
        super.listen();
    }

    @AfterAll
    void closeOnce() throws Exception {
        super.silence();
        super.close();
    }

    @Override
    protected final void startFromNothing() {}

    @Override
    protected final void listen() {}

    @Override
    protected final void silence() {}

    @Override
    protected final void close() {}
}
