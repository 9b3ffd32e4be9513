package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Route;
import java.util.List;

/** One resource provider's part of Azure Resource Manager's table. */
public interface ArmRoutes {

    /** The provider's lines, in the order in which they are tried. */
    List<Route> routes();
}
