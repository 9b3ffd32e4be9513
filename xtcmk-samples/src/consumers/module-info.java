// As the guide shows it.
module com.example.onboarding {
    requires com.azure.http.netty;
    requires com.azure.identity;
    requires io.xtcmk;
}
