/**
 * A real browser for tests of pages. It wants Chromium on the machine; nothing is fetched. With
 * {@code -Dscreenshots=DIRECTORY} the pages that are judged are also drawn to files there: the pictures of the
 * documentation.
 */
@NullMarked
package org.ehashpool.browser;

import org.jspecify.annotations.NullMarked;
