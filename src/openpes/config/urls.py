"""Every address of the service. Each view says for whom it is (`openpes.web.audience`)."""

from django.urls import include, path

urlpatterns = [
    path("", include("openpes.web.public.urls")),
    path("me/", include("openpes.web.jobseeker.urls")),
    path("employer/", include("openpes.web.employer.urls")),
    path("desk/", include("openpes.web.counsellor.urls")),
    path("administration/", include("openpes.web.administration.urls")),
    path("figures/", include("openpes.web.figures.urls")),
    path("partner/", include("openpes.web.partner.urls")),
    path("programmes/", include("openpes.web.programmes.urls")),
    path("sms/", include("openpes.sms.urls")),
]
handler400 = "openpes.web.public.errors.bad_request"
handler403 = "openpes.web.public.errors.forbidden"
handler404 = "openpes.web.public.errors.not_found"
handler500 = "openpes.web.public.errors.server_error"
