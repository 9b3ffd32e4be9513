module consumer {
    requires com.azure.identity;
    requires io.xtcmk;
    requires io.xtcmk.testing;
}
