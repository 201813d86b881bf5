(select chiefs.town from chiefs where chiefs.code = stored.chief)
