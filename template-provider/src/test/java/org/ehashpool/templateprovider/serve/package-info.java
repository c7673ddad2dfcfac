@NullMarked
package org.ehashpool.templateprovider.serve;

import org.jspecify.annotations.NullMarked;
